/** A unit of a product as its source writes it, understood: measured, counted in a word of its own, or neither. */
export type ReadUnit =
  | { readonly kind: 'measured'; readonly symbol: string }
  | { readonly kind: 'counted'; readonly word: UnitWord }
  | { readonly kind: 'unknown'; readonly text: string };

/** Every word that a counted unit can have. */
export const unitWords = [
  ...(['unit', 'piece', 'sack', 'bag', 'box', 'pair', 'set', 'kit', 'roll', 'package', 'dozen'] as const),
  ...(['drum', 'canister', 'bucket', 'pail', 'bottle', 'can', 'jar', 'tube', 'bar', 'sheet', 'pallet'] as const),
] as const;
export type UnitWord = (typeof unitWords)[number];

/** What each word is written like in ERPs and spreadsheets, without accents, points and capitals. */
const counted: Readonly<Record<UnitWord, readonly string[]>> = {
  unit: ['un', 'u', 'ud', 'uds', 'und', 'unid', 'unidad', 'unidades', 'unit', 'units', 'ea', 'each'],
  piece: ['pz', 'pza', 'pzas', 'pzs', 'pieza', 'piezas', 'piece', 'pieces', 'pc', 'pcs'],
  sack: ['saco', 'sacos', 'sc', 'costal', 'costales'],
  bag: ['bolsa', 'bolsas', 'bls', 'bag', 'bags'],
  box: ['caja', 'cajas', 'cj', 'cja', 'box', 'boxes'],
  pair: ['par', 'pares', 'pair', 'pairs'],
  set: ['juego', 'juegos', 'jgo', 'set', 'sets'],
  kit: ['kit', 'kits'],
  roll: ['rollo', 'rollos', 'rol', 'roll', 'rolls'],
  package: ['paquete', 'paquetes', 'paq', 'pqte', 'pack', 'package'],
  dozen: ['docena', 'docenas', 'doc', 'dozen'],
  drum: ['tambor', 'tambores', 'tambo', 'tambos', 'drum', 'drums'],
  canister: ['bidon', 'bidones', 'canister'],
  bucket: ['cubeta', 'cubetas', 'bucket', 'buckets'],
  pail: ['balde', 'baldes', 'pail', 'pails'],
  bottle: ['botella', 'botellas', 'bot', 'bottle', 'bottles'],
  can: ['lata', 'latas', 'can', 'cans'],
  jar: ['frasco', 'frascos', 'fco', 'jar', 'jars'],
  tube: ['tubo', 'tubos', 'tube', 'tubes'],
  bar: ['barra', 'barras', 'bar', 'bars'],
  sheet: ['hoja', 'hojas', 'lamina', 'laminas', 'sheet', 'sheets'],
  pallet: ['pallet', 'pallets', 'palet', 'tarima', 'tarimas'],
};

const measured: Readonly<Record<string, readonly string[]>> = {
  kg: ['kg', 'kgs', 'kilo', 'kilos', 'kilogramo', 'kilogramos'],
  g: ['g', 'gr', 'grs', 'gramo', 'gramos'],
  t: ['t', 'tn', 'ton', 'tons', 'tonelada', 'toneladas'],
  L: ['l', 'lt', 'lts', 'litro', 'litros'],
  mL: ['ml', 'mililitro', 'mililitros'],
  m: ['m', 'mt', 'mts', 'metro', 'metros'],
  cm: ['cm'],
  mm: ['mm'],
  'm²': ['m2', 'm²', 'mt2', 'mts2'],
  'm³': ['m3', 'm³', 'mt3', 'mts3'],
};

const known = new Map<string, ReadUnit>([
  ...Object.entries(measured).flatMap(([symbol, forms]) =>
    forms.map((form) => [form, { kind: 'measured', symbol }] as const),
  ),
  ...unitWords.flatMap((word) => counted[word].map((form) => [form, { kind: 'counted', word }] as const)),
]);

/** Understands a unit as an ERP, a spreadsheet or a person writes it; one that nobody knows is left as it is. */
export function readUnit(written: string | null): ReadUnit {
  const text = written?.trim() ?? '';
  const form = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .toLowerCase();
  return known.get(form) ?? { kind: 'unknown', text };
}
