/** Units that metrics are stored with and that are words, which every language says in its own way. */
const words = { pedidos: 'orders', personas: 'people', líneas: 'lines' } as const;

type UnitKey = (typeof words)[keyof typeof words];

/** The message for a metric's unit; null for a symbol or a currency, which is shown as it is. */
export function unitKey(unit: string): UnitKey | null {
  return Object.entries(words).find(([word]) => word === unit)?.[1] ?? null;
}
