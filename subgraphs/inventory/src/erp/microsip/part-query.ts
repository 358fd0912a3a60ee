import type { RowChoice } from '../erp-source.ts';

/** Where the rows of a kind stand in an ERP, as pieces of SQL. Made by us from checked names only. */
export interface PartDefinition {
  readonly name: string;
  readonly from: string;
  /** Joined where rows are read, and not where they are only counted or summed: one row at most for each. */
  readonly joins: string;
  readonly where: string | null;
  readonly key: string;
  readonly hasNumberKeys: boolean;
  /** How rows are ordered; null where any order will do. */
  readonly order: string | null;
  /** Columns that say when a row changed: the latest counts. None when it does not say. */
  readonly stamps: readonly string[];
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

/** The rows of a choice, ordered as the part says. */
export function rowsQuery(part: PartDefinition, choice: RowChoice): Query {
  const { where, params } = whereOf(part, choice);
  const columns = [part.key, ...part.fields].join(', ');
  const order = part.order === null ? '' : ` ORDER BY ${part.order}`;
  return { sql: `SELECT ${columns} FROM ${part.from}${part.joins}${where}${order}`, params };
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

/** The lines of the documents of a choice between two number keys, both taken. */
export function linesQuery(
  part: PartDefinition,
  lines: LineDefinition,
  choice: RowChoice,
  [first, last]: readonly [first: string, last: string],
): Query {
  const { where, params } = whereOf(part, choice);
  const between = `${part.key} BETWEEN CAST(? AS BIGINT) AND CAST(? AS BIGINT)`;
  return {
    sql: `SELECT ${[lines.key, ...lines.fields].join(', ')} FROM ${part.from} JOIN ${lines.from} ON ${lines.key} = ${part.key}${
      where === '' ? ' WHERE' : `${where} AND`
    } ${between} ORDER BY ${lines.order}`,
    params: [...params, first, last],
  };
}

/**
 * A digest of some columns of all rows, as the server sums it. Its hash adds what letters stand for by their places, so that
 * two texts may have one and two that change hands the same sum: each is hashed from both its ends, and weighed by its key.
 */
export function digestSql(from: string, key: string, columns: readonly string[], where: string | null = null): string {
  const pieces: string[] = [];
  const weight = `(MOD(HASH(CAST(${key} AS VARCHAR(100))), 2147483629) + 1)`;
  for (let at = 0; at < columns.length; at += columnsHashed) {
    const text = columns
      .slice(at, at + columnsHashed)
      .map((column, nth) => `'|${at + nth}|' || COALESCE(CAST(${column} AS VARCHAR(1000)), '~')`)
      .join(' || ');
    const hash = `(MOD(HASH(${text}), 1000003) * 3 + MOD(HASH(REVERSE(${text})), 999983))`;
    pieces.push(`SUM(MOD(${hash} * ${weight}, 2147483647))`);
  }
  return `SELECT COUNT(*), ${pieces.join(', ')} FROM ${from}${where === null ? '' : ` WHERE ${where}`}`;
}

/** As many as one text takes, of four bytes a character. */
const columnsHashed = 6;

/** Text that does not depend on anybody's zone. */
export const asText = (sql: string, length = 24): string => `CAST(${sql} AS VARCHAR(${length}))`;

function whereOf(part: PartDefinition, { since, afterKey }: RowChoice): { where: string; params: readonly string[] } {
  const conditions = part.where === null ? [] : [part.where];
  const params: string[] = [];
  if (since !== undefined && part.stamps.length > 0) {
    // Column by column, so that an index of one is of use; a row with none of them is read each time.
    const later = part.stamps.map((stamp) => `${stamp} >= CAST(? AS TIMESTAMP)`);
    const isUnknown = part.stamps.map((stamp) => `${stamp} IS NULL`).join(' AND ');
    conditions.push(`(${[...later, `(${isUnknown})`].join(' OR ')})`);
    params.push(...part.stamps.map(() => since));
  }
  if (afterKey !== undefined) {
    conditions.push(`${part.key} > ${part.hasNumberKeys ? 'CAST(? AS BIGINT)' : '?'}`);
    params.push(afterKey);
  }
  return { where: conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`, params };
}
