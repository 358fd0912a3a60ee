import type { ProblemCode, RowProblem } from '../reading/problem.ts';

/** What was expected, in both languages, `{}` for a value that is; the value that stood there is said before it. */
const expected: Readonly<Record<ProblemCode, { readonly es: string; readonly en: string }>> = {
  MISSING: { es: 'falta; se esperaba un valor', en: 'is missing; a value was expected' },
  NOT_A_NUMBER: {
    es: 'no es un número; se esperaba uno como 1234,5',
    en: 'is no number; one like 1234.5 was expected',
  },
  AMBIGUOUS_NUMBER: {
    es: 'puede ser dos números; se esperaba sin separador de miles, o con decimales',
    en: 'may be two numbers; it was expected without a sign of thousands, or with decimals',
  },
  NUMBER_TOO_LARGE: {
    es: 'es demasiado grande; se esperaban a lo más 12 dígitos',
    en: 'is too large; at most 12 digits were expected',
  },
  NEGATIVE: { es: 'es negativo; se esperaba cero o más', en: 'is negative; zero or more was expected' },
  BELOW_MINIMUM: {
    es: 'es menor que el mínimo; se esperaba {} o más',
    en: 'is below the minimum; {} or more was expected',
  },
  MERGED_NUMBER: {
    es: 'está combinado con otra fila; se esperaba un número en cada fila',
    en: 'is merged with another row; a number in each row was expected',
  },
  NOT_A_DATE: { es: 'no es una fecha; se esperaba día/mes/año', en: 'is no date; day/month/year was expected' },
  AMBIGUOUS_DATE: {
    es: 'puede ser dos días, porque otras fechas de la columna tienen el mes primero; se esperaba día/mes/año en todas',
    en: 'may be two days, as other dates of the column have the month first; day/month/year was expected in all',
  },
  OUT_OF_RANGE: {
    es: 'está fuera del período que el archivo declara; se esperaba un día de {}',
    en: 'is outside the period that the file names; a day of {} was expected',
  },
  CODE_LOST_DIGITS: {
    es: 'perdió dígitos al volverse número; se esperaba el código como texto',
    en: 'lost digits when it became a number; the code was expected as text',
  },
  CODE_IS_A_DATE: {
    es: 'es una fecha; se esperaba el código como texto',
    en: 'is a date; the code was expected as text',
  },
  TOO_LONG: {
    es: 'es demasiado largo; se esperaban a lo más {} caracteres',
    en: 'is too long; at most {} characters were expected',
  },
  CELL_ERROR: { es: 'es un error de Excel; se esperaba un valor', en: 'is an Excel error; a value was expected' },
  FORMULA_WITHOUT_VALUE: {
    es: 'es una fórmula sin resultado; se esperaba su valor (ábrelo y guárdalo en Excel)',
    en: 'is a formula without a result; its value was expected (open and save it in Excel)',
  },
  REPEATED_ROW: {
    es: 'está repetido, primero en {}; se esperaba una sola fila por producto y bodega',
    en: 'comes again, first in {}; one row for a product in a warehouse was expected',
  },
  UNKNOWN_PRODUCT: {
    es: 'no está en el catálogo; se esperaba un código conocido, o su nombre para crearlo',
    en: 'is not in the catalogue; a known code was expected, or its name to make it',
  },
  AMBIGUOUS_CODE: {
    es: 'perdió sus ceros y corresponde a varios productos; se esperaba el código completo',
    en: 'lost its zeros and fits several products; the whole code was expected',
  },
  UNKNOWN_WAREHOUSE: {
    es: 'no es una bodega que alcances; se esperaba el nombre de una, o que elijas un sitio de una sola bodega',
    en: 'is no warehouse that you reach; the name of one was expected, or that you choose a site with one warehouse',
  },
  AMBIGUOUS_WAREHOUSE: {
    es: 'no dice a qué bodega corresponde; se esperaba su nombre, o que elijas un sitio de una sola bodega',
    en: 'does not say which warehouse; its name was expected, or that you choose a site with one warehouse',
  },
  FOLIO_OF_THE_ERP: {
    es: 'ya es de un documento del ERP o de otra sucursal; se esperaba un folio propio',
    en: 'is of a document of the ERP or of another branch already; a folio of its own was expected',
  },
  FOLIO_OF_ANOTHER_DAY: {
    es: 'ya es de un documento del {}; se esperaba otro folio, o deshacer antes la planilla que lo trajo',
    en: 'is of a document of {} already; another folio was expected, or to undo the spreadsheet that brought it first',
  },
  DAY_OF_THE_ERP: {
    es: 'ya tiene ventas del ERP en esta sucursal; se esperaba un día sin ellas, o el folio de cada venta',
    en: 'has sales of the ERP at this branch already; a day without them was expected, or the folio of each sale',
  },
  DAY_TO_COME: {
    es: 'todavía no llega; se esperaba un día hasta {}',
    en: 'is still to come; a day up to {} was expected',
  },
  HELD_BY_ERP: {
    es: 'no es la existencia del ERP, cuya próxima copia la repondría; se esperaba {}, o corregirla en el ERP',
    en: 'is not the stock of the ERP, whose next copy would undo it; {} was expected, or to correct it in the ERP',
  },
  FOLIO_REFUSED: {
    es: 'tiene otra fila rechazada; se esperaba el documento completo',
    en: 'has another row that is refused; the whole document was expected',
  },
  CHANGED_SINCE: {
    es: 'cambió después de importar; se esperaba lo que este archivo escribió',
    en: 'was changed after the import; what this file wrote was expected',
  },
};

const fieldNames = new Map<string, { readonly es: string; readonly en: string }>(
  Object.entries({
    sku: { es: 'Código', en: 'Code' },
    name: { es: 'Descripción', en: 'Description' },
    quantity: { es: 'Cantidad', en: 'Quantity' },
    warehouse: { es: 'Bodega', en: 'Warehouse' },
    date: { es: 'Fecha', en: 'Date' },
    folio: { es: 'Folio', en: 'Document' },
  }),
);

/** A refusal in one sentence: the column, what stands there, and what was expected. */
export function problemWords({ column, heading, value, code, expected: wanted }: RowProblem): {
  readonly es: string;
  readonly en: string;
} {
  const { es, en } = expected[code];
  const said = (sentence: string) =>
    sentence.includes('{}')
      ? sentence.replace('{}', () => `«${wanted ?? '…'}»`)
      : `${sentence}${wanted == null ? '' : ` («${wanted}»)`}`;
  // A field that has no column goes by our own name for it.
  const names = (column === null ? fieldNames.get(heading) : undefined) ?? { es: heading, en: heading };
  const what = (name: string) => (value === '' ? name : `${name} «${value}»`);
  return { es: `${what(names.es)} ${said(es)}`, en: `${what(names.en)} ${said(en)}` };
}
