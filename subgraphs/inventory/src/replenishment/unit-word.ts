/** One, and several; a unit is found by any of its forms, in whatever letters a source writes it. */
interface Word {
  readonly forms: readonly string[];
  readonly es: readonly [one: string, several: string];
  readonly en: readonly [one: string, several: string];
}

const words: readonly Word[] = [
  { forms: ['un', 'u', 'ud', 'und', 'unidad'], es: ['unidad', 'unidades'], en: ['unit', 'units'] },
  { forms: ['pz', 'pza', 'pzas', 'pieza'], es: ['pieza', 'piezas'], en: ['piece', 'pieces'] },
  { forms: ['saco', 'costal'], es: ['saco', 'sacos'], en: ['bag', 'bags'] },
  { forms: ['bolsa', 'bls'], es: ['bolsa', 'bolsas'], en: ['bag', 'bags'] },
  { forms: ['caja', 'cj', 'cja'], es: ['caja', 'cajas'], en: ['box', 'boxes'] },
  { forms: ['par'], es: ['par', 'pares'], en: ['pair', 'pairs'] },
  { forms: ['rollo', 'rol'], es: ['rollo', 'rollos'], en: ['roll', 'rolls'] },
  { forms: ['paquete', 'paq'], es: ['paquete', 'paquetes'], en: ['pack', 'packs'] },
  { forms: ['juego', 'jgo'], es: ['juego', 'juegos'], en: ['set', 'sets'] },
  { forms: ['tambor', 'tambo'], es: ['tambor', 'tambores'], en: ['drum', 'drums'] },
  { forms: ['bidon'], es: ['bidón', 'bidones'], en: ['canister', 'canisters'] },
];

const known = new Map(words.flatMap((word) => [...word.forms, ...word.es].map((form) => [plain(form), word] as const)));

/** A unit as it stands behind a count of it in a sentence: `saco`, `sacos`; one that is no such word as it is written. */
export function unitWord(unit: string, count: number, language: 'es' | 'en'): string {
  const word = known.get(plain(unit));
  return word === undefined ? unit.trim() : word[language][Math.abs(count) === 1 ? 0 : 1];
}

/** Without accents, points and capitals. */
function plain(text: string): string {
  return text
    .trim()
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .toLowerCase();
}
