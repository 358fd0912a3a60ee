import { entityFields } from '../erp-entity.ts';
import type { RowChoice } from '../erp-source.ts';

/** Where the rows of a kind stand in an ERP, as pieces of SQL. Made by us from checked names only. */
export interface PartDefinition {
  readonly name: string;
  readonly from: string;
  readonly where: string | null;
  readonly key: string;
  readonly hasNumberKeys: boolean;
  /** When a row last changed; null when it does not say. */
  readonly stamp: string | null;
  /** In the order of the entity's fields, without the key. */
  readonly fields: readonly string[];
  readonly sum: string | null;
  /** Answers one row that differs when anything differs that no stamp speaks of; null when stamps tell all. */
  readonly fingerprint: readonly string[] | null;
  /** Lines of a document: rows of their own, more columns of each row, or none. */
  readonly lines: LineDefinition | 'IN_ROW' | null;
}

export interface LineDefinition {
  readonly from: string;
  readonly key: string;
  readonly order: string;
  readonly fields: readonly string[];
}

export interface Query {
  readonly sql: string;
  readonly params: readonly string[];
}

/** The rows of a choice in the order of their keys, and of their positions where they are lines. */
export function rowsQuery(part: PartDefinition, choice: RowChoice): Query {
  const { where, params } = whereOf(part, choice);
  const position = part.lines === 'IN_ROW' ? `, ${entityFields.SALES.length + 1}` : '';
  const columns = [part.key, ...part.fields].join(', ');
  return { sql: `SELECT ${columns} FROM ${part.from}${where} ORDER BY 1${position}`, params };
}

export function countQuery(part: PartDefinition, choice: RowChoice): Query {
  const { where, params } = whereOf(part, choice);
  const counted = part.lines === 'IN_ROW' ? `COUNT(DISTINCT ${part.key})` : 'COUNT(*)';
  return { sql: `SELECT ${counted} FROM ${part.from}${where}`, params };
}

/** Count, sum, smallest and largest key, and for number keys the digest of their set. */
export function totalsQuery(part: PartDefinition): Query {
  const { where, params } = whereOf(part, {});
  const counted = part.lines === 'IN_ROW' ? `COUNT(DISTINCT ${part.key})` : 'COUNT(*)';
  const big = `CAST(${part.key} AS BIGINT)`;
  const keySum = part.hasNumberKeys
    ? `SUM(MOD(${big}, 1000003)), SUM(MOD(MOD(${big}, 1000003) * MOD(${big}, 1000003), 1000003))`
    : 'NULL, NULL';
  const sum = part.sum === null ? 'NULL' : `SUM(${part.sum})`;
  return {
    sql: `SELECT ${counted}, ${sum}, MIN(${part.key}), MAX(${part.key}), ${keySum} FROM ${part.from}${where}`,
    params,
  };
}

export function keysQuery(part: PartDefinition): Query {
  const { where, params } = whereOf(part, {});
  const distinct = part.lines === 'IN_ROW' ? 'DISTINCT ' : '';
  return { sql: `SELECT ${distinct}${part.key} FROM ${part.from}${where}`, params };
}

/** The lines of documents, by their number keys. */
export function linesQuery(lines: LineDefinition, keys: readonly string[]): Query {
  const columns = [lines.key, ...lines.fields].join(', ');
  const list = keys.map((key) => String(BigInt(key))).join(', ');
  return {
    sql: `SELECT ${columns} FROM ${lines.from} WHERE ${lines.key} IN (${list}) ORDER BY ${lines.order}`,
    params: [],
  };
}

/** A digest of some columns of all rows, each bound to its key, as the server sums it. */
export function digestSql(from: string, key: string, columns: readonly string[], where: string | null = null): string {
  const pieces = columns.map(
    (column, at) =>
      `SUM(MOD(HASH(CAST(${key} AS VARCHAR(100)) || '|${at}|' || COALESCE(CAST(${column} AS VARCHAR(1000)), '~')), 2147483647))`,
  );
  return `SELECT COUNT(*), ${pieces.join(', ')} FROM ${from}${where === null ? '' : ` WHERE ${where}`}`;
}

/** Text that does not depend on anybody's zone. */
export const asText = (sql: string, length = 24): string => `CAST(${sql} AS VARCHAR(${length}))`;

function whereOf(part: PartDefinition, { since, afterKey }: RowChoice): { where: string; params: readonly string[] } {
  const conditions = part.where === null ? [] : [part.where];
  const params: string[] = [];
  if (since !== undefined && part.stamp !== null) {
    conditions.push(`(${part.stamp} >= CAST(? AS TIMESTAMP) OR ${part.stamp} IS NULL)`);
    params.push(since);
  }
  if (afterKey !== undefined) {
    conditions.push(`${part.key} > ${part.hasNumberKeys ? 'CAST(? AS BIGINT)' : '?'}`);
    params.push(afterKey);
  }
  return { where: conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`, params };
}
