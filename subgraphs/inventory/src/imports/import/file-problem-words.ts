import type { FileRefusal } from '../reading/file-refused.ts';

/** Why an import stands where it is, beside what its file is refused for. */
export type StepProblem = 'READING_FAILED' | 'COMMIT_FAILED' | 'UNDO_FAILED' | 'PREVIEW_CHANGED' | 'CHANGED_SINCE';

type Words = { readonly es: string; readonly en: string };

/** What was found, and what was expected or can be done. */
const words: Readonly<Record<FileRefusal | StepProblem, Words>> = {
  TOO_LARGE: {
    es: 'El archivo pesa más de 10 MB; se esperaba uno de hasta 10 MB. Divídelo en partes.',
    en: 'The file is larger than 10 MB; one of 10 MB at most was expected. Split it into parts.',
  },
  EMPTY_FILE: {
    es: 'El archivo está vacío; se esperaba una planilla.',
    en: 'The file is empty; a spreadsheet was expected.',
  },
  NOT_A_SPREADSHEET: {
    es: 'El archivo no es una planilla; se esperaba .xlsx o .xls. Ábrelo en Excel y guárdalo como .xlsx.',
    en: 'The file is no spreadsheet; .xlsx or .xls was expected. Open it in Excel and save it as .xlsx.',
  },
  BROKEN_FILE: {
    es: 'El archivo está dañado; se esperaba uno que Excel abra. Vuelve a exportarlo.',
    en: 'The file is broken; one that Excel opens was expected. Export it again.',
  },
  PASSWORD_PROTECTED: {
    es: 'El archivo tiene contraseña; se esperaba uno sin ella. Ábrelo en Excel, quítala y guárdalo.',
    en: 'The file has a password; one without was expected. Open it in Excel, take it off and save it.',
  },
  ARCHIVE_BOMB: {
    es: 'El archivo se hace enorme al abrirlo; se esperaban a lo más 300 MB descomprimidos.',
    en: 'The file becomes huge when it is opened; 300 MB unpacked at most were expected.',
  },
  TOO_MANY_ROWS: {
    es: 'El archivo tiene demasiadas filas; se esperaban a lo más 400 000.',
    en: 'The file has too many rows; 400,000 at most were expected.',
  },
  TOO_MANY_SHEETS: {
    es: 'El archivo tiene demasiadas hojas; se esperaban a lo más 50.',
    en: 'The file has too many sheets; 50 at most were expected.',
  },
  TOOK_TOO_LONG: {
    es: 'Leer el archivo tardó más de un minuto; se esperaba uno más simple. Divídelo en partes.',
    en: 'Reading the file took more than a minute; a simpler one was expected. Split it into parts.',
  },
  NEEDS_TOO_MUCH_MEMORY: {
    es: 'Leer el archivo pide demasiada memoria; se esperaba uno más simple. Divídelo en partes.',
    en: 'Reading the file needs too much memory; a simpler one was expected. Split it into parts.',
  },
  NO_TABLE: {
    es: 'No se encontró una tabla; se esperaba una fila de títulos con código y existencia o cantidad.',
    en: 'No table was found; a line of headings with code and stock or quantity was expected.',
  },
  SEVERAL_KINDS: {
    es: 'El archivo mezcla existencias y ventas; se esperaba una sola cosa por archivo.',
    en: 'The file mixes stock and sales; one of them in a file was expected.',
  },
  NO_DATES: {
    es: 'Las ventas no dicen su fecha; se esperaba una columna de fecha, o un solo día sobre la tabla.',
    en: 'The sales do not say their day; a column of dates was expected, or one day above the table.',
  },
  NO_ROWS: {
    es: 'La tabla no tiene filas; se esperaba al menos una bajo los títulos.',
    en: 'The table has no rows; at least one below the headings was expected.',
  },
  READING_FAILED: {
    es: 'No se pudo leer el archivo después de tres intentos. Nada fue escrito: léelo otra vez o descártalo.',
    en: 'The file could not be read in three attempts. Nothing was written: read it again or discard it.',
  },
  COMMIT_FAILED: {
    es: 'No se pudo escribir después de tres intentos. Nada fue escrito: impórtalo otra vez o descártalo.',
    en: 'It could not be written in three attempts. Nothing was written: import it again or discard it.',
  },
  UNDO_FAILED: {
    es: 'No se pudo deshacer después de tres intentos. Todo sigue como estaba: deshazlo otra vez.',
    en: 'It could not be undone in three attempts. Everything is as it was: undo it again.',
  },
  PREVIEW_CHANGED: {
    es: 'Los datos cambiaron después de la vista previa, y nada fue escrito. Mira lo que haría ahora y confirma otra vez.',
    en: 'The data changed after the preview, and nothing was written. Look at what it would do now and confirm again.',
  },
  CHANGED_SINCE: {
    es: 'Otra cosa cambió después filas de este archivo: deshacer borraría esos cambios, y nada fue deshecho. Abajo están las filas; corrígelas con otra planilla o a mano.',
    en: 'Something else has changed rows of this file since: undoing would lose those changes, and nothing was undone. The rows are below; correct them with another spreadsheet or by hand.',
  },
};

const wordsOf = new Map<string, Words>(Object.entries(words));

/** Why an import stands where it is, in one or two sentences; null where there is nothing to say. */
export const fileProblemWords = (code: string | null): Words | null => wordsOf.get(code ?? '') ?? null;
