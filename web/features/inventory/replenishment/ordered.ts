/** What an order has to fit: quantities are exact text. */
interface Limits {
  readonly quantity: string;
  readonly packSize: string;
  readonly minimumOrder: string;
  readonly maximum: string | null;
  readonly onHand: string;
}

export type OrderDoubt = 'notNumber' | 'notPacks' | 'underMinimum' | 'overMaximum';

/** A quantity as people type it, with a point or a comma, as exact text; null for what is none. */
export function typedQuantity(text: string): string | null {
  const plain = text.trim().replace(',', '.');
  return /^\d{1,12}(\.\d{1,5})?$/.test(plain) ? plain : null;
}

/** What is odd about a quantity that somebody wants to order instead of the proposed one; null when nothing is. */
export function orderDoubt(text: string, limits: Limits): OrderDoubt | null {
  const quantity = typedQuantity(text);
  if (quantity === null) return 'notNumber';
  const ordered = Number(quantity);
  if (ordered === 0) return null;
  const packs = ordered / Number(limits.packSize);
  // Quantities have five decimals; what is left of a division of them is smaller than any.
  if (Math.abs(packs - Math.round(packs)) > 1e-9 * Math.max(1, packs)) return 'notPacks';
  if (ordered < Number(limits.minimumOrder)) return 'underMinimum';
  return limits.maximum !== null && Number(limits.onHand) + ordered > Number(limits.maximum) ? 'overMaximum' : null;
}

/** What is ordered: as typed where it is a number, else as proposed. */
export function orderedQuantity(typed: string | undefined, proposed: string): string {
  return typed === undefined ? proposed : (typedQuantity(typed) ?? proposed);
}

/** Money for an order; null when the cost is not known. */
export function costOf(quantity: string, unitCost: string | null): number | null {
  return unitCost === null ? null : Math.round(Number(quantity) * Number(unitCost) * 100) / 100;
}
