import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareStock, firstDocument } from './compare-stock.ts';
import { fromUnits, type StockMonth, toUnits } from './stock-books.ts';

async function* batches(rows: readonly StockMonth[], size: number) {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

const entry = fc.record({
  article: fc.integer({ min: 1, max: 4 }),
  warehouse: fc.integer({ min: 1, max: 2 }),
  month: fc.constantFrom(202511, 202512, 202601),
  units: fc.bigInt({ min: -3n, max: 3n }),
});

/** One row for each article, warehouse and month, in order, as the books have them. */
const book = fc.array(entry, { maxLength: 20 }).map((rows) => {
  const byKey = new Map(rows.map((row) => [`${row.article}:${row.warehouse}:${row.month}`, row]));
  return [...byKey.values()].toSorted(
    (a, b) => a.article - b.article || a.warehouse - b.warehouse || a.month - b.month,
  );
});

describe('holding balances against movements', () => {
  it('finds what a comparison of every month finds, however the batches are cut', async () => {
    await fc.assert(
      fc.asyncProperty(book, book, fc.integer({ min: 1, max: 5 }), async (left, right, size) => {
        const keyOf = ({ article, warehouse }: StockMonth) => `${article}:${warehouse}`;
        const all = [...left, ...right];
        const expected = [...new Set(all.map(keyOf))].flatMap((key) => {
          const months = [...new Set(all.filter((row) => keyOf(row) === key).map(({ month }) => month))].toSorted();
          const units = (rows: readonly StockMonth[], month: number) =>
            rows.find((row) => keyOf(row) === key && row.month === month)?.units ?? 0n;
          const month = months.find((one) => units(left, one) !== units(right, one));
          return month === undefined ? [] : [`${key}:${month}`];
        });
        const found = await compareStock(batches(left, size), batches(right, 3), 100);
        expect(found.kept.map((one) => `${one.article}:${one.warehouse}:${one.month}`)).toEqual(expected.toSorted());
        expect(found.diverging).toBe(expected.length);
        expect(found.compared).toBe(new Set(all.map(keyOf)).size);
        expect(found.balance).toBe(left.reduce((sum, { units }) => sum + units, 0n));
      }),
    );
  });

  it('names the document that is just the difference, else the first of the month, else none', () => {
    const documents = [1n, -4n, 2n].map((units, at) => ({ key: String(at), folio: null, on: '2026-01-02', units }));
    const divergence = { monthBalance: 3n, monthMoved: -1n };
    expect(firstDocument(divergence, documents)).toMatchObject({ isExact: true, document: { key: '1' } });
    expect(firstDocument({ ...divergence, monthBalance: 9n }, documents)).toMatchObject({
      isExact: false,
      document: { key: '0' },
    });
    expect(firstDocument(divergence, [])).toEqual({ isExact: false, document: null });
  });

  it('reads and writes decimals exactly', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), (n) => toUnits(fromUnits(n)) === n));
    expect([toUnits('-0.5'), toUnits('12'), fromUnits(-50_000n), fromUnits(0n)]).toEqual([
      -50_000n,
      1_200_000n,
      '-0.5',
      '0',
    ]);
  });
});
