import type { SoldDocumentFragment } from '../../../graphql/generated/graphql.ts';

/** One document of sale, as far as it is about one product. */
export interface SoldTo {
  readonly id: string;
  readonly folio: string;
  readonly soldOn: string;
  /** Null where nobody asked for a name. */
  readonly customer: string | null;
  /** Over all its lines of the product, negative in a return. */
  readonly quantity: number;
  /** Money before tax; null where no line has any. */
  readonly net: number | null;
  readonly isReturn: boolean;
}

/** What of a document is about one product: it may stand in several of its lines, beside others. */
export function soldTo(
  { id, folio, soldOn, customer, customerName, lines }: SoldDocumentFragment,
  productId: string,
): SoldTo {
  const own = lines.filter(({ product }) => product?.id === productId);
  const nets = own.flatMap(({ netTotal }) => (netTotal === null ? [] : [Number(netTotal)]));
  const quantity = exact(own.map((line) => Number(line.quantity)));
  return {
    ...{ id, folio, soldOn, quantity, isReturn: quantity < 0 },
    customer: customer?.name ?? customerName,
    net: nets.length === 0 ? null : exact(nets),
  };
}

/** Quantities and money have at most five decimals; the sum is rounded to them, so that no binary remainder shows. */
function exact(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) * 1e5) / 1e5;
}
