import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { createMigrationAdapter } from './migration-adapter.ts';
import { readSchemaFiles } from './schema-files.ts';

let loading: Promise<void> | undefined;

/**
 * Runs work on Prisma's schema engine (the WASM build, in this process) against a database, and closes its connection
 * afterwards.
 */
export async function withSchemaEngine<Value>(
  databaseUrl: string,
  work: (engine: SchemaEngine) => Promise<Value>,
): Promise<Value> {
  loading ??= loadEngine();
  await loading;
  const files = await readSchemaFiles();
  // One connection: the engine's lock is the session's. Closed here, because freeing the engine leaves it open.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const ends: Promise<void>[] = [];
  pool.on('connect', (client) => ends.push(new Promise((resolve) => client.once('end', resolve))));
  try {
    const engine = await bindings.SchemaEngine.new(
      { datamodels: files.map((file): [string, string] => [file.path, file.content]) },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory({
        provider: 'postgres',
        adapterName: '@prisma/adapter-pg',
        connect: () => createMigrationAdapter(pool),
        connectToShadowDb: () => Promise.reject(new Error('The engine makes no databases here')),
      }),
    );
    return await work(engine);
  } finally {
    await pool.end();
    // The pool does not wait for its connections, and the caller may go on to copy or drop the database.
    await Promise.all(ends);
  }
}

/** The package's own entry imports the .wasm file as a module, which Node still warns about. */
async function loadEngine(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const binary = await readFile(path.replace(/\.js$/, '.wasm'));
  const timers = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'));
  const imports = { ...bindings, ...Object.fromEntries(timers.map((name) => [name, startTimer])) };
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': imports });
  // Neither function is in the package's types.
  call(Reflect.get(bindings, '__wbg_set_wasm'), instance.exports);
  call(instance.exports.__wbindgen_start);
}

/** The engine never stops the clock of its lock (10 s), which must not keep a finished program alive. */
function startTimer(callback: () => void, delayMs: number): NodeJS.Timeout {
  return setTimeout(callback, delayMs).unref();
}

function call(target: unknown, ...args: readonly unknown[]): void {
  if (typeof target !== 'function') throw new Error('The schema engine package has another shape than expected');
  target(...args);
}
