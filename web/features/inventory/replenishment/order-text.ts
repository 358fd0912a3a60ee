/** One product of an order, as it is read by who delivers it. */
export interface OrderLine {
  readonly sku: string;
  readonly name: string;
  /** With its unit: `162 sacos`. */
  readonly quantity: string;
}

/** An order as plain text, as people send it by message or mail: what it is, then a line for each product. */
export function orderText(heading: string, lines: readonly OrderLine[]): string {
  const rows = lines.map(({ sku, name, quantity }) => `- ${quantity} · ${name} (${sku})`.replaceAll(/\s+/g, ' '));
  return [heading, '', ...rows].join('\n');
}
