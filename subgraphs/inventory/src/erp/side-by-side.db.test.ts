import { testDatabase } from '@cauce/shared/test/test-database';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erpCopyWorld } from '../test-support/erp-copy.ts';
import type { ErpRow } from './erp-entity.ts';
import type { ErpSource } from './erp-source.ts';

const db = await testDatabase();

/** Articles as an ERP may say them: codes that several have, that change hands, and now and then an article said twice. */
const article = fc.record({
  id: fc.integer({ min: 1, max: 12 }),
  code: fc.integer({ min: 1, max: 8 }),
  group: fc.nat(3),
});
const looks = fc.array(fc.array(article, { maxLength: 24 }), { minLength: 1, maxLength: 3 });

describe('batches that are written side by side', () => {
  it('hold every article under its code or, where another of them has that, under one of its own', async () => {
    await fc.assert(
      fc.asyncProperty(looks, async (said) => {
        const world = await erpCopyWorld(db);
        for (const articles of said) {
          const id = await world.addJob('PRODUCTS', 'FULL');
          const outcome = await world.work(id, {
            sourceOf: () => sourceOf(articles.map(rowOf)),
            batchRows: 3,
            lanes: 3,
          });
          expect(outcome).toBe('COMPLETED');
          const { rows } = await db.pool.query<{ id: number; code: string; wanted: string }>(
            `SELECT erp_id::int AS id, codigo AS code, erp_codigo AS wanted FROM inventory.erp_productos
             WHERE installation_id = $1 AND deleted_at IS NULL ORDER BY erp_id::int`,
            [world.installationId],
          );
          const ids = [...new Set(articles.map((one) => one.id))].toSorted((a, b) => a - b);
          expect(rows.map((row) => row.id)).toEqual(ids);
          for (const row of rows) {
            expect(articles.filter((one) => one.id === row.id).map(codeOf)).toContain(row.wanted);
            const holders = rows.filter(({ code }) => code === row.wanted);
            expect(holders, `article with the code ${row.wanted}`).toHaveLength(1);
            if (row.code !== row.wanted) expect(row.code).toMatch(/~/);
          }
        }
      }),
      { numRuns: Number(process.env.CAUCE_ERP_HISTORIES ?? 15) },
    );
  });

  it('take what was said last of an article that is said twice in one batch', async () => {
    const world = await erpCopyWorld(db);
    const twice = [
      { id: 1, code: 1, group: 1 },
      { id: 1, code: 2, group: 1 },
    ];
    await world.copy(sourceOf(twice.map(rowOf)), 'PRODUCTS', 'FULL');
    const { rows } = await db.pool.query('SELECT codigo FROM inventory.erp_productos WHERE installation_id = $1', [
      world.installationId,
    ]);
    expect(rows).toEqual([{ codigo: 'C2' }]);
  });
});

interface Article {
  readonly id: number;
  readonly code: number;
  readonly group: number;
}

const codeOf = ({ code }: Pick<Article, 'code'>) => `C${code}`;
const rowOf = ({ id, code, group }: Article): ErpRow => ({
  values: [id, `C${code}`, `Artículo ${id}`, null, `Grupo ${group}`, null, 'S', null, null],
});

/** An ERP that says these rows and no more. */
function sourceOf(rows: readonly ErpRow[]): ErpSource {
  const keys = rows.map(({ values }) => String(values[0]));
  const sorted = keys.toSorted();
  return {
    open: async () => ({
      clock: '2026-03-01 10:00:00',
      books: () => null,
      close: async () => {},
      parts: () => [
        {
          ...{ name: 'ARTICULOS', hasStamps: false, hasNumberKeys: false },
          totals: async () => ({
            ...{ count: String(rows.length), sum: null, keySum: null },
            ...{ minKey: sorted[0] ?? null, maxKey: sorted.at(-1) ?? null },
          }),
          fingerprint: async () => null,
          count: async () => rows.length,
          async *rows(_which, batchRows) {
            for (let from = 0; from < rows.length; from += batchRows) yield rows.slice(from, from + batchRows);
          },
          async *keys() {
            yield keys;
          },
        },
      ],
    }),
  };
}
