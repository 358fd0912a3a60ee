import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { systemClock } from '@cauce/shared/clock';
import { testViewer } from '@cauce/shared/test/viewers';
import { readListCursor } from '../../subgraphs/inventory/src/list-cursor.ts';
import { createProductStore } from '../../subgraphs/inventory/src/products/product.store.ts';
import type { ProductFilter } from '../../subgraphs/inventory/src/products/product.ts';
import { percentile, startBenchDatabase } from '../telemetry/telemetry-database.ts';
import { addCatalogue } from './catalogue.ts';

/**
 * How long the database takes to answer a search of a large catalogue as a person types it, for somebody who reaches one
 * of two companies and two of its three places: a page of 100 with its order, then its count, then its choices. Against
 * a limit for the page, and against the words held against each code and name by `ILIKE`, in the same run.
 *
 *   node bench/inventory/search.bench.ts [products] [rounds]
 */
const products = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 40);
const limitMs = 50;

const { db, stop } = await startBenchDatabase();
try {
  const ours = { companyId: randomUUID(), siteIds: [randomUUID(), randomUUID(), randomUUID()] };
  const theirs = { companyId: randomUUID(), siteIds: [randomUUID()] };
  const words = await addCatalogue(db, ours, Math.round(products * 0.9));
  await addCatalogue(db, theirs, Math.round(products * 0.1));
  // A branch that has little of what the company sells.
  const branch = randomUUID();
  await db.pool.query(
    `INSERT INTO inventory.erp_inventario (producto_id, almacen, site_id, company_id, stock_actual)
     SELECT id, 'SUCURSAL', $2, $1, 3 FROM inventory.erp_productos WHERE company_id = $1 ORDER BY md5(codigo) LIMIT 500`,
    [ours.companyId, branch],
  );
  await db.pool.query('VACUUM ANALYZE');
  const [first = '', second = ''] = ours.siteIds;
  const viewer = testViewer({ role: 'VIEWER', companyIds: [ours.companyId], siteIds: [first, second, branch] });
  const store = createProductStore(db.client, viewer, systemClock);
  const anywhere = { active: true };
  const here = { active: true, siteIds: [first] };
  const little = { active: true, siteIds: [branch] };
  const kinds: Readonly<Record<string, (round: number) => ProductFilter>> = {
    'two words': (round) => ({ ...here, search: words.pair(round) }),
    'two words swapped': (round) => ({ ...here, search: words.pair(round).split(' ').reverse().join(' ') }),
    'a typo': (round) => ({ ...here, search: words.slip(round) }),
    'one letter': (round) => ({ ...here, search: 'abcdefgmprtv'[round % 12] ?? 'a' }),
    'two letters': (round) => ({ ...here, search: words.common(round).slice(0, 2) }),
    'three letters': (round) => ({ ...here, search: words.common(round).slice(0, 3) }),
    'the common word': (round) => ({ ...here, search: words.common(round) }),
    'the common word, filtered': (round) => ({ ...here, search: words.common(round), belowMinimum: true }),
    'the common word, small branch': (round) => ({ ...little, search: words.common(round) }),
    'one letter, small branch': (round) => ({ ...little, search: words.common(round).slice(0, 1) }),
    'a word from the middle': (round) => ({ ...here, search: words.middle(round) }),
    'nothing is so': (round) => ({ ...here, search: `zapatilla${round} urbana` }),
    'a code': (round) => ({ ...here, search: words.code(round) }),
    'a barcode': (round) => ({ ...anywhere, search: words.barcode(round) }),
    'no search': () => here,
    negative: () => ({ ...here, negative: true }),
    'without movement': () => ({ ...here, withoutMovement: true }),
  };
  console.log(`${products} products, load ${loadavg()[0]?.toFixed(1)}; ms, p50 / p95`);
  console.log(
    `${'search'.padEnd(32)}${['page', 'count', 'choices', 'ILIKE'].map((name) => name.padStart(16)).join('')}`,
  );
  let slowest = 0;
  for (const [kind, filterOf] of Object.entries(kinds)) {
    const page = await time((round) =>
      store.page(
        filterOf(round),
        filterOf(round).search === undefined
          ? { field: 'NAME', direction: 'ASC' }
          : { field: 'RELEVANCE', direction: 'DESC' },
        readListCursor({ first: 100 }, 'text'),
      ),
    );
    const count = await time((round) => store.count(filterOf(round)));
    const choices = await time((round) => store.facets(filterOf(round)));
    const scan = await time((round) => scanned(filterOf(round).search ?? '', ours.companyId, first));
    slowest = Math.max(slowest, page.p95);
    console.log(
      `${kind.padEnd(32)}${[page, count, choices, scan].map(({ p50, p95 }) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`.padStart(16)).join('')}`,
    );
  }
  console.log(
    `slowest p95 of a page: ${slowest.toFixed(1)} ms, ${(slowest / limitMs).toFixed(2)} of the limit of ${limitMs} ms`,
  );
} finally {
  await stop();
}

/** Every word in the code or the name as it was typed; what accents and slips hide is not found. */
async function scanned(search: string, companyId: string, siteId: string): Promise<unknown> {
  const patterns = search.split(' ').map((word) => `%${word}%`);
  return db.pool.query(
    `SELECT p.* FROM inventory.erp_productos p WHERE p.company_id = $1 AND p.activo AND p.deleted_at IS NULL
       AND (p.codigo || ' ' || p.nombre) ILIKE ALL ($3::text[])
       AND EXISTS (SELECT FROM inventory.erp_inventario l WHERE l.producto_id = p.id AND l.site_id = $2)
     ORDER BY p.nombre, p.id LIMIT 101`,
    [companyId, siteId, patterns],
  );
}

/** ms; the first ones warm up. */
async function time(
  work: (round: number) => Promise<unknown>,
): Promise<{ readonly p50: number; readonly p95: number }> {
  const figures: number[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const startedMs = performance.now();
    await work(Math.abs(round));
    if (round >= 0) figures.push(performance.now() - startedMs);
  }
  return { p50: percentile(figures, 0.5), p95: percentile(figures, 0.95) };
}
