import type { PoolClient } from 'pg';
import type { ErpPart, ErpTotals } from '../erp-source.ts';
import type { EntityCopy } from './entity-copy.ts';

/** Counts, sums and keys of the rows on both sides, of all parts together. */
export interface Certificate {
  readonly isComplete: boolean;
  readonly sourceCount: string;
  readonly ourCount: string;
  readonly failedCount: string;
  readonly sourceSum: string | null;
  readonly ourSum: string | null;
  readonly minKey: string | null;
  readonly maxKey: string | null;
  readonly ourMinKey: string | null;
  readonly ourMaxKey: string | null;
}

export interface PartTotals {
  readonly part: ErpPart;
  readonly source: ErpTotals;
  readonly ours: ErpTotals;
}

/** What we hold of a part, summed as the ERP sums it. */
export async function readOurTotals(
  client: PoolClient,
  copy: EntityCopy,
  installationId: string,
  part: ErpPart,
): Promise<ErpTotals> {
  const { from, key, summed } = copy.ours(part.name);
  const ordered = part.hasNumberKeys ? `${key}::bigint` : `${key} COLLATE "C"`;
  const modulo = `${key}::bigint % 1000003`;
  const keySum = part.hasNumberKeys
    ? `coalesce(sum(${modulo}), 0) || ':' || coalesce(sum((${modulo}) * (${modulo}) % 1000003), 0)`
    : 'NULL';
  const { rows } = await client.query<ErpTotals>(
    `SELECT count(*)::text AS count, ${summed === null ? 'NULL' : `trim_scale(sum(${summed}))::text`} AS sum,
       min(${ordered})::text AS "minKey", max(${ordered})::text AS "maxKey", ${keySum} AS "keySum" FROM ${from}`,
    [installationId],
  );
  const [totals] = rows;
  if (totals === undefined) throw new Error('An aggregate without groups answers one row');
  return totals;
}

/**
 * Whether everything is here: as many rows, the same first and last key, the same sum. Rows that failed are not here,
 * and a copy with any is not complete.
 */
export async function writeCertificate(
  client: PoolClient,
  jobId: string,
  parts: readonly PartTotals[],
  failedCount: number,
): Promise<Certificate> {
  const [first] = parts;
  const isOne = parts.length === 1;
  const isComplete =
    failedCount === 0 &&
    parts.every(({ source, ours }) => source.count === ours.count && isSameKey(source, ours)) &&
    (await areSameSums(client, parts));
  const { rows } = await client.query<Certificate>(
    `INSERT INTO inventory.sync_certificates AS c (job_id, is_complete, source_count, our_count, failed_count, source_sum, our_sum,
       min_key, max_key, our_min_key, our_max_key, missing)
     SELECT $1, $2, (SELECT sum(v::bigint) FROM unnest($3::text[]) v), (SELECT sum(v::bigint) FROM unnest($4::text[]) v), $5,
       (SELECT sum(v::numeric) FROM unnest($6::text[]) v), (SELECT sum(v::numeric) FROM unnest($7::text[]) v), $8, $9, $10, $11,
       coalesce((SELECT jsonb_agg(source_key) FROM (
         SELECT source_key FROM inventory.sync_failed_rows WHERE job_id = $1 ORDER BY id LIMIT 100) f), '[]')
     ON CONFLICT (job_id) DO UPDATE SET is_complete = excluded.is_complete, source_count = excluded.source_count,
       our_count = excluded.our_count, failed_count = excluded.failed_count, source_sum = excluded.source_sum,
       our_sum = excluded.our_sum, min_key = excluded.min_key, max_key = excluded.max_key,
       our_min_key = excluded.our_min_key, our_max_key = excluded.our_max_key, missing = excluded.missing
     RETURNING c.is_complete AS "isComplete", c.source_count::text AS "sourceCount", c.our_count::text AS "ourCount",
       c.failed_count::text AS "failedCount", c.source_sum::text AS "sourceSum", c.our_sum::text AS "ourSum",
       c.min_key AS "minKey", c.max_key AS "maxKey", c.our_min_key AS "ourMinKey", c.our_max_key AS "ourMaxKey"`,
    [
      ...[jobId, isComplete, parts.map(({ source }) => source.count), parts.map(({ ours }) => ours.count), failedCount],
      ...[parts.map(({ source }) => source.sum), parts.map(({ ours }) => ours.sum)],
      ...(isOne && first
        ? [first.source.minKey, first.source.maxKey, first.ours.minKey, first.ours.maxKey]
        : [
            labelled(parts, 'source', 'minKey'),
            labelled(parts, 'source', 'maxKey'),
            labelled(parts, 'ours', 'minKey'),
            labelled(parts, 'ours', 'maxKey'),
          ]),
    ],
  );
  const [certificate] = rows;
  if (certificate === undefined) throw new Error('An insert that updates on conflict answers its row');
  return certificate;
}

const labelled = (parts: readonly PartTotals[], side: 'source' | 'ours', key: 'minKey' | 'maxKey'): string =>
  parts.map((part) => `${part.part.name}:${part[side][key] ?? ''}`).join(' ');

/** Text keys are ordered by each database's own rules: only number keys can be compared so. */
function isSameKey(source: ErpTotals, ours: ErpTotals): boolean {
  if (source.keySum === null) return true;
  return source.keySum === ours.keySum && source.minKey === ours.minKey && source.maxKey === ours.maxKey;
}

async function areSameSums(client: PoolClient, parts: readonly PartTotals[]): Promise<boolean> {
  const { rows } = await client.query<{ same: boolean }>(
    `SELECT coalesce(bool_and(s::numeric IS NOT DISTINCT FROM o::numeric), TRUE) AS same
     FROM unnest($1::text[], $2::text[]) AS t (s, o) WHERE s IS NOT NULL`,
    [parts.map(({ source }) => source.sum), parts.map(({ ours }) => ours.sum ?? '0')],
  );
  return rows[0]?.same === true;
}
