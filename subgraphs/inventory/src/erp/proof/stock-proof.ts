import { z } from 'zod';

const divergenceSchema = z.object({
  article: z.string(),
  warehouse: z.string(),
  /** Of our copy, where it has them. */
  productId: z.string().nullable(),
  sku: z.string().nullable(),
  name: z.string().nullable(),
  warehouseName: z.string().nullable(),
  ours: z.string().nullable(),
  balance: z.string(),
  moved: z.string(),
  /** `2026-03`. */
  month: z.string(),
  monthBalance: z.string(),
  monthMoved: z.string(),
  isExact: z.boolean(),
  document: z.object({ key: z.string(), folio: z.string().nullable(), on: z.string(), units: z.string() }).nullable(),
});

/** An article in a warehouse whose balance is not what its documents moved. Quantities are exact text. */
export type ProvedDivergence = z.output<typeof divergenceSchema>;

/** An ERP's balances held against its movements, as it was found. */
export interface StockProof {
  readonly id: string;
  readonly createdAt: Date;
  readonly erpClock: string;
  readonly compared: number;
  readonly diverging: number;
  readonly balanceSum: string;
  readonly movementSum: string;
  readonly ourSum: string;
  readonly divergences: readonly ProvedDivergence[];
}

/** Written by us; of an older version it is as if there were none. */
export const readDivergences = (value: unknown): readonly ProvedDivergence[] =>
  z.array(divergenceSchema).safeParse(value).data ?? [];
