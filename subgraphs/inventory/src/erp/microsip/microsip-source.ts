import { type ErpEntity, type ErpRow, type ErpValue, entityFields } from '../erp-entity.ts';
import type { ErpMapping } from '../erp-mapping.ts';
import type { ErpPart, ErpSource } from '../erp-source.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { type FirebirdAddress, type FirebirdLink, openFirebird } from './firebird-link.ts';
import {
  countQuery,
  keysQuery,
  linesQuery,
  type PartDefinition,
  type Query,
  rowsQuery,
  totalsQuery,
} from './part-query.ts';
import { microsipBooks } from './stock-books.ts';
import { tableParts } from './table-parts.ts';
import { viewPart } from './view-parts.ts';

/** Microsip on Firebird: one read-only transaction for each look, through the views or tables of the mapping. */
export function createMicrosipSource(address: Omit<FirebirdAddress, 'charset'>, mapping: ErpMapping): ErpSource {
  return {
    async open(signal) {
      const link = await openFirebird({ ...address, charset: mapping.charset }, signal);
      try {
        const catalogue = await readCatalogue(link);
        const clock = await readClock(link);
        return {
          clock,
          parts: (entity) => partsOf(entity, mapping, catalogue).map((part) => openPart(link, entity, part)),
          books: () => microsipBooks(link, catalogue),
          close: link.close,
        };
      } catch (error) {
        await link.close();
        throw error;
      }
    },
  };
}

/** The server's clock, as text without a zone. */
export async function readClock(link: FirebirdLink): Promise<string> {
  const [row] = await link.rows('SELECT CAST(CURRENT_TIMESTAMP AS VARCHAR(24)) FROM RDB$DATABASE');
  return String(row?.[0] ?? '');
}

/** Where the rows of a kind come from by this mapping. Throws ErpFailure (`BAD_MAPPING`). */
export function partsOf(entity: ErpEntity, mapping: ErpMapping, catalogue: Catalogue): readonly PartDefinition[] {
  const chosen = mapping.entities[entity] ?? { from: 'NOTHING' };
  if (chosen.from === 'TABLES') return tableParts(entity, mapping, catalogue);
  return chosen.from === 'VIEW' ? [viewPart(entity, chosen, catalogue)] : [];
}

function openPart(link: FirebirdLink, entity: ErpEntity, part: PartDefinition): ErpPart {
  return {
    name: part.name,
    hasStamps: part.stamps.length > 0,
    hasNumberKeys: part.hasNumberKeys,
    async totals() {
      const { sql, params } = totalsQuery(part);
      const [row = []] = await link.rows(sql, params);
      const [count, sum, minKey, maxKey, keySum, squares] = row.map((value) => (value === null ? null : String(value)));
      return {
        ...{ count: count ?? '0', sum: sum ?? null, minKey: minKey ?? null, maxKey: maxKey ?? null },
        keySum: part.hasNumberKeys ? `${keySum ?? 0}:${squares ?? 0}` : null,
      };
    },
    async fingerprint() {
      if (part.fingerprint === null) return null;
      const answers: (readonly ErpValue[])[] = [];
      for (const sql of part.fingerprint) answers.push(...(await link.rows(sql)));
      return JSON.stringify(answers);
    },
    async count(which) {
      const { sql, params } = countQuery(part, which);
      const [row] = await link.rows(sql, params);
      return Number(row?.[0] ?? 0);
    },
    rows(which, batchRows) {
      const { sql, params } = rowsQuery(part, which);
      const batches = link.batches(sql, params, batchRows);
      const { lines } = part;
      if (lines === null) return plainRows(batches);
      return lines === 'IN_ROW'
        ? groupedRows(batches, entityFields[entity].length)
        : rowsWithLines(link, batches, (keys) => linesQuery(part, lines, which, keys));
    },
    async *keys(batchRows) {
      const { sql, params } = keysQuery(part);
      for await (const batch of link.batches(sql, params, batchRows)) yield batch.map(([key]) => String(key ?? ''));
    },
  };
}

type Batches = AsyncIterable<readonly (readonly ErpValue[])[]>;

async function* plainRows(batches: Batches): AsyncIterable<readonly ErpRow[]> {
  for await (const batch of batches) yield batch.map((values) => ({ values }));
}

/** The lines of a batch of documents are those between its first and its last key, as both are of one moment. */
async function* rowsWithLines(
  link: FirebirdLink,
  batches: Batches,
  linesBetween: (keys: readonly [first: string, last: string]) => Query,
): AsyncIterable<readonly ErpRow[]> {
  for await (const batch of batches) {
    const linesOf = new Map<string, (readonly ErpValue[])[]>();
    const { sql, params } = linesBetween([String(batch[0]?.[0]), String(batch.at(-1)?.[0])]);
    for await (const found of link.batches(sql, params, lineRows)) {
      for (const [key, ...values] of found) {
        const known = linesOf.get(String(key));
        if (known === undefined) linesOf.set(String(key), [values]);
        else known.push(values);
      }
    }
    yield batch.map((values) => ({ values, lines: linesOf.get(String(values[0])) ?? [] }));
  }
}

const lineRows = 4_000;

/** Rows that are lines: those of one key, which come together, are one document with the head of its first. */
async function* groupedRows(batches: Batches, headFields: number): AsyncIterable<readonly ErpRow[]> {
  let open: { readonly values: readonly ErpValue[]; readonly lines: (readonly ErpValue[])[] } | null = null;
  for await (const batch of batches) {
    const done: ErpRow[] = [];
    for (const row of batch) {
      const line = row.slice(headFields);
      if (open !== null && open.values[0] === row[0]) {
        open.lines.push(line);
        continue;
      }
      if (open !== null) done.push(open);
      open = { values: row.slice(0, headFields), lines: [line] };
    }
    if (done.length > 0) yield done;
  }
  if (open !== null) yield [open];
}
