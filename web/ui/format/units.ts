/** UCUM-like unit codes of the graph, as people write them. A code that is not listed is shown as it is. */
const written: Readonly<Record<string, string>> = {
  'l/s': 'L/s',
  m3: 'm³',
  'm3/h': 'm³/h',
  'm3/d': 'm³/d',
  Cel: '°C',
  'uS/cm': 'µS/cm',
  'kg/cm2': 'kg/cm²',
};

export function writeUnit(code: string): string {
  return written[code] ?? code;
}
