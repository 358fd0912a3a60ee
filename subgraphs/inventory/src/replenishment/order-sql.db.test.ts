import { Prisma } from '@cauce/prisma/client';
import { testDatabase } from '@cauce/shared/test/test-database';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderSql } from './order-sql.ts';

const db = await testDatabase();

/** One product's numbers; thousandths as whole numbers, so that every one is exact. */
const product = fc.record({
  on_hand: fc.integer({ min: -50_000, max: 500_000 }),
  minimum: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200_000 })),
  maximum: fc.option(fc.integer({ min: 0, max: 600_000 })),
  daily: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40_000 })),
  deviation: fc.integer({ min: 0, max: 40_000 }),
  lead_days: fc.integer({ min: 0, max: 60 }),
  review_days: fc.integer({ min: 0, max: 60 }),
  pack: fc.integer({ min: 1, max: 50_000 }),
  minimum_order: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100_000 })),
  service_level: fc.integer({ min: 5_000, max: 9_999 }),
  price: fc.integer({ min: 0, max: 1_000_000 }),
});
type Product = typeof product extends fc.Arbitrary<infer Value> ? Value : never;

interface Answer {
  readonly quantity: number;
  readonly target: number;
  readonly reorder: number;
  readonly risk: number;
  readonly limitedBy: string;
}

/** Runs many products through the statement at once; null where nothing is proposed. Thousandths again. */
async function order(products: readonly Product[]): Promise<(Answer | null)[]> {
  const rows = await db.client.$queryRaw<(Answer & { readonly row: number })[]>`
    WITH input AS (
      SELECT row, on_hand / 1000 AS on_hand, minimum / 1000 AS minimum, maximum / 1000 AS maximum,
        daily / 1000 * lead_days AS over_lead, daily / 1000 * (lead_days + review_days) AS over_all,
        deviation / 1000 * sqrt(lead_days)::numeric AS lead_deviation,
        deviation / 1000 * sqrt(lead_days + review_days)::numeric AS all_deviation, pack / 1000 AS pack, minimum_order / 1000 AS minimum_order,
        service_level / 10000 AS service_level, price / 1000 AS price
      FROM jsonb_to_recordset(${JSON.stringify(products.map((one, row) => ({ row, ...one })))}::jsonb) AS given (
        row int, on_hand numeric, minimum numeric, maximum numeric, daily numeric, deviation numeric, lead_days int,
        review_days int, pack numeric, minimum_order numeric, service_level numeric, price numeric)
    ), ${orderSql()}
    SELECT row, (quantity * 1000)::float8 AS quantity, (target * 1000)::float8 AS target,
      (reorder_point * 1000)::float8 AS reorder, (at_risk * 1000)::float8 AS risk, limited_by AS "limitedBy" FROM proposal`;
  const found = new Map(rows.map(({ row, ...answer }) => [row, answer]));
  return products.map((_one, row) => found.get(row) ?? null);
}

const many = fc.array(product, { minLength: 200, maxLength: 200 });
const runs = { numRuns: 15 };

describe('an order', () => {
  it('is whole packs, at least the minimum order, and never lifts the stock over the maximum', async () => {
    await fc.assert(
      fc.asyncProperty(many, async (products) => {
        for (const [index, answer] of (await order(products)).entries()) {
          const one = products[index];
          if (one === undefined || answer === null) continue;
          expect(answer.quantity % one.pack).toBe(0);
          if (one.maximum !== null)
            expect(answer.quantity === 0 || one.on_hand + answer.quantity <= one.maximum).toBe(true);
          expect(answer.quantity === 0).toBe(answer.limitedBy === 'NO_ROOM');
          if (answer.quantity > 0) expect(answer.quantity).toBeGreaterThanOrEqual(one.minimum_order);
          // Cut short only by the maximum: neither one more pack nor the smallest order would have fitted under it.
          const smallest = Math.ceil(Math.max(one.minimum_order, one.pack) / one.pack) * one.pack;
          const next = { NONE: 0, MAXIMUM: one.pack, NO_ROOM: smallest }[answer.limitedBy];
          if (answer.limitedBy === 'NONE')
            expect(one.on_hand + answer.quantity).toBeGreaterThanOrEqual(answer.target - 1);
          else expect(one.on_hand + answer.quantity + (next ?? 0)).toBeGreaterThan(one.maximum ?? Infinity);
        }
      }),
      runs,
    );
  });

  it('never grows with the stock, nor does the money at risk', async () => {
    await fc.assert(
      fc.asyncProperty(many, fc.integer({ min: 1, max: 100_000 }), async (products, more) => {
        const fewer = await order(products);
        const stocked = await order(products.map((one) => ({ ...one, on_hand: one.on_hand + more })));
        for (const [index, answer] of stocked.entries()) {
          if (answer === null) continue;
          const before = fewer[index];
          expect(before).not.toBeNull();
          expect(answer.quantity).toBeLessThanOrEqual(before?.quantity ?? -1);
          expect(answer.risk).toBeLessThanOrEqual(before?.risk ?? -1);
        }
      }),
      runs,
    );
  });

  it('is not proposed where the stock covers what is expected, and its buffer, until an order of the next review comes', async () => {
    await fc.assert(
      fc.asyncProperty(many, async (products) => {
        const answers = await order(products);
        for (const [index, answer] of answers.entries()) {
          const one = products[index];
          if (one === undefined || answer === null) continue;
          expect(one.on_hand).toBeLessThan(answer.target);
          expect(one.on_hand).toBeLessThanOrEqual(answer.reorder);
        }
        const covered = products.map((one) => ({
          ...one,
          // Five deviations of all its days, and the minimum, are more than any service level asks for.
          on_hand:
            Math.max(one.minimum, one.daily * (one.lead_days + one.review_days)) +
            Math.ceil(5 * one.deviation * Math.sqrt(one.lead_days + one.review_days)) +
            1,
        }));
        expect(await order(covered)).toEqual(covered.map(() => null));
      }),
      runs,
    );
  });

  it('risks what is expected before it arrives and is not there, times the price', async () => {
    const one: Product = {
      ...{ on_hand: 20_000, minimum: 0, maximum: null, daily: 4_000, deviation: 0, lead_days: 10, review_days: 5 },
      ...{ pack: 12_000, minimum_order: 0, service_level: 9_500, price: 150_000 },
    };
    const [answer, negative, free] = await order([one, { ...one, on_hand: -20_000 }, { ...one, price: 0 }]);
    expect(answer).toMatchObject({ quantity: 48_000, risk: 20 * 150 * 1000, limitedBy: 'NONE' });
    expect(negative).toMatchObject({ quantity: 84_000, risk: 40 * 150 * 1000 });
    expect(free?.risk).toBe(0);
  });

  it('keeps as much against bad luck as the service level asks for', async () => {
    const levels: readonly [number, number][] = [
      [8_000, 0.8416],
      [9_000, 1.2816],
      [9_500, 1.6449],
      [9_900, 2.3263],
      [9_990, 3.0902],
    ];
    for (const [service, quantile] of levels) {
      const [row] = await db.client.$queryRaw<{ safety: number }[]>`
        WITH input AS (SELECT 0::numeric AS on_hand, 0::numeric AS minimum, NULL::numeric AS maximum, 0::numeric AS over_lead,
          0::numeric AS over_all, 200::numeric AS lead_deviation, 300::numeric AS all_deviation, 1::numeric AS pack,
          0::numeric AS minimum_order, ${new Prisma.Decimal(service).div(10_000)}::numeric AS service_level, 1::numeric AS price),
        ${orderSql()} SELECT safety::float8 AS safety FROM proposal`;
      expect(Math.abs((row?.safety ?? 0) / (quantile * 100 * 3) - 1)).toBeLessThan(0.007);
    }
  });
});
