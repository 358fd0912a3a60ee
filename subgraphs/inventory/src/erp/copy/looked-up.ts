/**
 * A join that looks each row up by an index, one row at most. While a table fills, the planner knows an older and smaller
 * one, and would rather read all of it once for each batch.
 * @param source a table `o` with the conditions that name one row of it
 */
export const lookedUp = (alias: string, columns: string, source: string): string =>
  `LEFT JOIN LATERAL (SELECT ${columns} FROM ${source} LIMIT 1) ${alias} ON TRUE`;

/** Has the rows to be updated looked up the same way, and nothing read where there are none. */
export const idsIn = (column: string, rows: string): string =>
  `${column} = ANY (ARRAY(SELECT id FROM ${rows} WHERE id IS NOT NULL))`;
