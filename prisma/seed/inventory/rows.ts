import type { ClientBase } from 'pg';

type Value = string | number | boolean | null | readonly string[];

/** Rows of one table: the columns with their Postgres types, and the values in that order. */
export interface TableRows {
  readonly table: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly Value[])[];
}

const chunkRows = 10_000;

/** Inserts rows in bulk, some thousands a statement. */
export async function insertRows(client: ClientBase, { table, columns, rows }: TableRows): Promise<void> {
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const types = Object.values(columns);
  // One array a column: Postgres reads these several times faster than as many parameters or as JSON.
  const sql = `INSERT INTO inventory.${table} (${names.join(', ')})
    SELECT ${types.map((type, index) => (isList(type) ? `string_to_array(c${index}, ',')::${type}` : `c${index}`)).join(', ')}
    FROM unnest(${types.map((type, index) => `$${index + 1}::${isList(type) ? 'text' : type}[]`).join(', ')})
      AS given(${types.map((_, index) => `c${index}`).join(', ')})`;
  let running: Promise<unknown> = Promise.resolve();
  for (let start = 0; start < rows.length; start += chunkRows) {
    const chunk = rows.slice(start, start + chunkRows);
    // Written out while the server still works on the chunk before.
    const values = types.map((type, index) => arrayLiteral(chunk, index, isList(type)));
    await running;
    running = client.query(sql, values);
  }
  await running;
}

const isList = (type: string) => type.endsWith('[]');

/** An array literal made here, because the driver's own escapes value by value and is the slowest step of the seed. */
function arrayLiteral(rows: readonly (readonly Value[])[], column: number, holdsLists: boolean): string {
  const items = rows.map((row) => {
    const value = row[column] ?? null;
    if (value === null) return 'NULL';
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const text = holdsLists && Array.isArray(value) ? value.join(',') : String(value);
    return `"${text.replace(/[\\"]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}
