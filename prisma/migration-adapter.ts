import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type pg from 'pg';

/** Postgres' one-byte "char" type, which introspection reads and the adapter does not know. */
const charOid = 18;
/** Any id of a user-defined type: the adapter reads those as text. */
const textLikeOid = 16_384;

/**
 * The Postgres adapter as the schema engine needs it: it reads "char" columns, and runs a migration as one script (the
 * original splits at every semicolon, which breaks functions). The pool stays the caller's.
 */
export async function createMigrationAdapter(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const charColumns = watchCharColumns(pool);
  const adapter = await new PrismaPg(pool).connect();
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    async queryRaw(query) {
      const result = await adapter.queryRaw(query);
      for (const column of charColumns.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    },
    executeRaw: (query) => adapter.executeRaw(query),
    async executeScript(script) {
      // Without arguments the driver sends the text whole: one implicit transaction, all of it or nothing.
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    },
    startTransaction: (isolationLevel) => adapter.startTransaction(isolationLevel),
    getConnectionInfo: () => adapter.getConnectionInfo(),
    dispose: () => adapter.dispose(),
  };
}

/**
 * Shows "char" columns of every result as text, and remembers by the result's rows which columns they were: the adapter
 * hands the same rows on, so that their type can be put right afterwards.
 */
function watchCharColumns(pool: pg.Pool): WeakMap<object, number[]> {
  const seen = new WeakMap<object, number[]>();
  const query = pool.query.bind(pool);
  Object.defineProperty(pool, 'query', {
    value: async (config: pg.QueryArrayConfig) => {
      const result = await query(config);
      // A script of several statements has a list of results; nobody reads them.
      const fields = Array.isArray(result) ? [] : result.fields;
      const columns = [...fields.keys()].filter((index) => fields[index]?.dataTypeID === charOid);
      for (const field of fields) if (field.dataTypeID === charOid) field.dataTypeID = textLikeOid;
      if (columns.length > 0) seen.set(result.rows, columns);
      return result;
    },
  });
  return seen;
}
