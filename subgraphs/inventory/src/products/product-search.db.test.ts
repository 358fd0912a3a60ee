import { systemClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CursorKind, readListCursor } from '../list-cursor.ts';
import { inventoryWorld } from '../test-support/inventory-world.ts';
import { createProductStore } from './product.store.ts';
import type { ListedProduct, ProductFilter, ProductOrder } from './product.ts';
import { foldSearch } from './search-words.ts';
import { slipsBetween } from './spelling.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);

const nouns = ['Rodamiento', 'Grasa', 'Válvula', 'Cañón', 'Ñandú', 'sello', 'SELLO', 'Boca'];
const others = ['rígido', 'de grasa', 'doble', 'rodante', 'abocado', '20x35', 'Peumo', '', 'válvula/sello', '100%'];
const codes = ['GRA', 'rod', 'Ñ', 'V-', 'X_', 'B%'];
const searches = [
  ...['g', 'ñ', 'v', 'x', 'gr', 'ro', 'se', 'gra', 'roda', 'boca', 'oca', 'sello', 'grasa', 'rodamiento', 'rodante'],
  ...['grasa rodamiento', 'sello doble', 'peumo valvula', 'VÁLVULA', 'gra-7', 'GRA-1', 'x_', 'b%', '20x35', 'abocado'],
  ...[
    'graza',
    'rodamineto',
    'sleol',
    'pumo doble',
    'valbula peumo',
    'cannon',
    'zapato',
    'zapato grasa',
    '78000010',
    '780000103',
  ],
];

interface Known {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly barcode: string | null;
  readonly isActive: boolean;
  readonly here: number | null;
  readonly isLow: boolean;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const before = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
const wordsOf = (text: string) =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** What a search answers, worked out product by product from what is known of each; the text index alone is asked. */
async function reference(
  all: readonly Known[],
  filter: ProductFilter,
  order: ProductOrder,
): Promise<readonly string[]> {
  const typed = foldSearch(filter.search ?? '');
  const words = wordsOf(filter.search ?? '').filter((word) => word !== 'de');
  const text = (one: Known) => `${plain(one.code)} ${plain(one.name)}`;
  const byText = await db.pool.query<{ id: string }>(
    `SELECT id::text FROM inventory.erp_productos WHERE documento_busqueda @@ inventory.product_query($1)`,
    [words.join(' ')],
  );
  const said = new Set(byText.rows.map(({ id }) => id));
  const fits = (one: Known, spelled: readonly (readonly string[])[]) =>
    spelled.every((spellings) => spellings.some((spelling) => text(one).includes(spelling)));
  const asTyped = (one: Known) =>
    typed.length === 1
      ? text(one).startsWith(typed) || plain(one.name).startsWith(typed)
      : said.has(one.id) ||
        (words.some(({ length }) => length > 2) &&
          fits(
            one,
            words.map((word) => [word]),
          )) ||
        text(one).startsWith(typed) ||
        (/^\d{6,}$/.test(typed) && one.barcode?.startsWith(typed) === true);
  const isExact = all.some(asTyped);
  const vocabulary = [...new Set(all.flatMap((one) => wordsOf(text(one))))].filter((word) =>
    /^[a-zñ]{4,24}$/.test(word),
  );
  const spelled = words.map((word) => (isExact || !/^[a-z]{4,24}$/.test(word) ? [word] : nearest(word, vocabulary)));
  const tierOf = (one: Known) => {
    const stems = spelled.map((spellings) => spellings.map((word) => (word.length > 5 ? word.slice(0, -2) : word)));
    const spaced = ` ${text(one)}`.replaceAll(/[./_(-]/g, ' ');
    if (isExact && (plain(one.code) === typed || (/^\d{6,}$/.test(typed) && one.barcode === typed))) return 0;
    if (isExact && text(one).startsWith(typed)) return 1;
    if (stems.flat().some((stem) => plain(one.name).startsWith(stem))) return 2;
    return stems.every((any) => any.some((stem) => spaced.includes(` ${stem}`))) ? 3 : 4;
  };
  const kept = all.filter(
    (one) =>
      (isExact ? asTyped(one) : fits(one, spelled)) &&
      (filter.active === undefined || one.isActive === filter.active) &&
      (filter.siteIds === undefined || one.here !== null) &&
      (filter.belowMinimum === undefined || (one.here !== null && one.isLow) === filter.belowMinimum) &&
      (filter.negative === undefined || (one.here !== null && one.here < 0) === filter.negative),
  );
  // Of many the last two tiers are one: that is what the limit of sorting decides.
  const isWide = kept.length > mostSorted;
  const keyOf = (one: Known) => {
    if (order.field === 'NAME') return plain(one.name);
    const tier = tierOf(one);
    return `${isWide ? Math.min(tier, 3) : tier}${tier <= 1 ? text(one) : plain(one.name)}`;
  };
  const sorted = kept.toSorted((a, b) => before(keyOf(a), keyOf(b)) || before(a.id, b.id));
  return (order.direction === 'DESC' && order.field === 'NAME' ? sorted.toReversed() : sorted).map(({ id }) => id);
}

function nearest(word: string, vocabulary: readonly string[]): readonly string[] {
  if (vocabulary.some((known) => known.includes(word))) return [word];
  const most = word.length <= 5 ? 1 : word.length <= 8 ? 2 : 3;
  const slips = vocabulary.map((known) => ({ known, begun: slipsBetween(word, known).begun }));
  const least = Math.min(...slips.map(({ begun }) => begun));
  return least > most ? [word] : slips.filter(({ begun }) => begun === least).map(({ known }) => known);
}

const mostSorted = 5;
const pageSize = 9;
const asMany = { minLength: 8, maxLength: 8 };

it('finds, orders and pages as a plain reading of the whole catalogue does, with few hits and with many', async () => {
  const catalogue = fc.array(
    fc.record({
      noun: fc.constantFrom(...nouns),
      more: fc.array(fc.constantFrom(...others), { maxLength: 3 }),
      code: fc.constantFrom(...codes),
      isActive: fc.boolean(),
      here: fc.option(fc.constantFrom(-2.5, 0, 0.00001, 3, 40.5)),
      minimum: fc.constantFrom(0, 3, 20),
    }),
    { minLength: 40, maxLength: 60 },
  );
  const filters = fc.record(
    { active: fc.boolean(), belowMinimum: fc.boolean(), negative: fc.boolean(), isHere: fc.constant(true) },
    { requiredKeys: [] },
  );
  let wide = 0;
  let respelled = 0;
  await fc.assert(
    fc.asyncProperty(catalogue, fc.shuffledSubarray(searches, asMany), filters, async (made, some, narrowed) => {
      const place = await world.addPlace();
      const known: Known[] = await Promise.all(
        made.map(async ({ noun, more, code, isActive, here, minimum }, index) => {
          const name = [noun, ...more].filter((part) => part !== '').join(' ');
          const columns = { codigo: `${code}-${index}`, nombre: name, activo: isActive };
          const barcode = index % 3 === 0 ? `780000${100 + (index % 9)}` : null;
          const id = await world.addProduct(place, { ...columns, codigo_barras: barcode });
          if (here !== null) await world.addStock(place, id, { stock_actual: here, stock_minimo: minimum });
          const isLow = here !== null && here < minimum;
          return { id, code: columns.codigo, name, barcode, isActive, here, isLow };
        }),
      );
      const viewer = testViewer({ role: 'VIEWER', companyIds: [place.companyId], siteIds: [place.siteId] });
      const store = createProductStore(db.client, viewer, systemClock, mostSorted);
      for (const [index, search] of ['graza', 'r', 'sello', ...some].entries()) {
        const { isHere, ...rest } = index < 3 ? {} : narrowed;
        const filter = { ...rest, ...(isHere ? { siteIds: [place.siteId] } : {}), search };
        const orders: readonly (readonly [ProductOrder, CursorKind])[] = [
          [{ field: 'RELEVANCE', direction: 'DESC' }, 'relevance'],
          [{ field: 'NAME', direction: index % 2 === 0 ? 'ASC' : 'DESC' }, 'text'],
        ];
        for (const [order, kind] of orders) {
          const expected = await reference(known, filter, order);
          const paged: ListedProduct[] = [];
          for (let after: string | null = null, isMore = true; isMore; ) {
            const page: readonly ListedProduct[] = await store.page(
              filter,
              order,
              readListCursor({ first: pageSize, after }, kind),
            );
            paged.push(...page.slice(0, pageSize));
            isMore = page.length > pageSize;
            const last = page[pageSize - 1];
            after =
              last === undefined ? null : Buffer.from(JSON.stringify([last.sortValue, last.id])).toString('base64url');
          }
          expect(
            paged.map(({ id }) => id),
            `${search} ${JSON.stringify(filter)}`,
          ).toEqual(expected);
          if (paged.some(({ sortValue }) => sortValue.startsWith('w2'))) wide += 1;
          if (search === 'graza' && expected.length > 0) respelled += 1;
        }
        const counted = await store.count(filter);
        expect(counted).toBe((await reference(known, filter, { field: 'NAME', direction: 'ASC' })).length);
      }
    }),
    { numRuns: Number(process.env.CAUCE_SEARCH_RUNS ?? 2) },
  );
  expect(wide).toBeGreaterThan(0);
  expect(respelled).toBeGreaterThan(0);
}, 120_000);
