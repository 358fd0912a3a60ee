import { type ErpEntity, type ErpRow, erpEntities } from './erp-entity.ts';
import type { ErpPart, ErpSource, ErpTotals } from './erp-source.ts';
import { type StockBooks, type StockMonth, toUnits } from './proof/stock-books.ts';

/** An ERP that needs nobody: some articles, their prices, stock and sales, the same at every look. */
export function createSampleSource(articles: number, now: () => Date): ErpSource {
  const rows = Object.fromEntries(erpEntities.map((entity) => [entity, sampleRows(entity, articles)]));
  return {
    open: async (signal) => {
      signal.throwIfAborted();
      return {
        clock: now().toISOString().replace('T', ' ').replace('Z', ''),
        parts: (entity) => [samplePart(entity, rows[entity] ?? [])],
        books: () => sampleBooks(articles),
        close: async () => {},
      };
    },
  };
}

function samplePart(entity: ErpEntity, rows: readonly ErpRow[]): ErpPart {
  const keys = rows.map(({ values }) => String(values[0]));
  const numbers = keys.map(Number);
  const summed = { PRICES: 1, STOCK: 3, SALES: 9 } as const;
  const field = entity === 'PRICES' || entity === 'STOCK' || entity === 'SALES' ? summed[entity] : null;
  const totals: ErpTotals = {
    count: String(rows.length),
    sum: field === null ? null : String(rows.reduce((sum, { values }) => sum + Number(values[field]), 0)),
    minKey: entity === 'STOCK' ? (keys.toSorted()[0] ?? null) : (keys[0] ?? null),
    maxKey: entity === 'STOCK' ? (keys.toSorted().at(-1) ?? null) : (keys.at(-1) ?? null),
    keySum:
      entity === 'STOCK'
        ? null
        : `${numbers.reduce((sum, key) => sum + key, 0)}:${numbers.reduce((sum, key) => sum + ((key * key) % 1_000_003), 0)}`,
  };
  return {
    ...{ name: 'SAMPLE', hasStamps: false, hasNumberKeys: entity !== 'STOCK' },
    totals: async () => totals,
    fingerprint: async () => `${entity}:${rows.length}`,
    count: async () => rows.length,
    async *rows(_which, batchRows) {
      for (let from = 0; from < rows.length; from += batchRows) yield rows.slice(from, from + batchRows);
    },
    async *keys() {
      yield keys;
    },
  };
}

function sampleRows(entity: ErpEntity, articles: number): ErpRow[] {
  const many = (count: number, row: (id: number) => ErpRow) => Array.from({ length: count }, (_, at) => row(at + 1));
  const price = (id: number) => 500 + (id % 97) * 25;
  switch (entity) {
    case 'WAREHOUSES':
      return many(2, (id) => ({ values: [id, id === 1 ? 'Bodega central' : 'Sala de ventas', `B${id}`, 'S'] }));
    case 'PRODUCTS':
      return many(articles, (id) => ({
        values: [
          id,
          `M-${String(id).padStart(5, '0')}`,
          `Artículo de muestra ${id}`,
          null,
          'Muestras',
          'un',
          'A',
          null,
          null,
        ],
      }));
    case 'PRICES':
      return many(articles, (id) => ({ values: [id, price(id)] }));
    case 'CUSTOMERS':
      return many(Math.ceil(articles / 10), (id) => ({
        values: [id, `Cliente de muestra ${id}`, null, `cliente${id}@muestra.example`, null, null, 'A'],
      }));
    case 'STOCK':
      return many(articles * 2, (id) => {
        const [product, warehouse] = [Math.ceil(id / 2), (id % 2) + 1];
        return { values: [`${product}:${warehouse}`, product, warehouse, onHand(id), 10, null, null, null] };
      });
    case 'SALES':
      return many(articles, (id) => {
        const [quantity, product] = [(id % 5) + 1, ((id * 13) % articles) + 1];
        const total = quantity * price(product);
        const day = `2026-${String((id % 9) + 1).padStart(2, '0')}-${String((id % 28) + 1).padStart(2, '0')}`;
        const customer = (id % Math.ceil(articles / 10)) + 1;
        return {
          values: [id, 'INVOICE', `M${id}`, day, null, customer, null, total, 0, total, 'N', (id % 2) + 1, null],
          lines: [[1, product, null, null, quantity, price(product), null, total]],
        };
      });
  }
}

const onHand = (level: number): number => (level * 7) % 120;

/** Each balance came with one document; of one article in forty some units were taken without telling the balance. */
function sampleBooks(articles: number): StockBooks {
  const month = 202601;
  const levels = Array.from({ length: articles * 2 }, (_, at) => at + 1)
    .map((id) => ({ id, article: Math.ceil(id / 2), warehouse: (id % 2) + 1 }))
    .toSorted((a, b) => a.article - b.article || a.warehouse - b.warehouse);
  const taken = ({ article, warehouse }: Pick<StockMonth, 'article' | 'warehouse'>) =>
    warehouse === 1 && article % 40 === 7 ? 3n * toUnits('1') : 0n;
  async function* of(units: (level: (typeof levels)[number]) => bigint) {
    yield levels.map((level) => ({ ...level, month, units: units(level) }));
  }
  return {
    balances: () => of(({ id }) => toUnits(String(onHand(id)))),
    movements: () => of((level) => toUnits(String(onHand(level.id))) - taken(level)),
    async documents(level) {
      const id = levels.find(
        ({ article, warehouse }) => article === level.article && warehouse === level.warehouse,
      )?.id;
      if (id === undefined) return [];
      const receipt = { key: `E${id}`, folio: `E-${id}`, on: '2026-01-05', units: toUnits(String(onHand(id))) };
      const out = taken(level);
      return out === 0n ? [receipt] : [receipt, { key: `S${id}`, folio: `S-${id}`, on: '2026-01-19', units: -out }];
    },
  };
}
