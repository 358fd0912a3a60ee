import { pathToFileURL } from 'node:url';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { migrationsFolder, readMigrationList, writeMigration } from './migration-files.ts';
import { withMigrationLock } from './migration-lock.ts';
import { dropEverything } from './reset-database.ts';
import { withSchemaEngine } from './schema-engine.ts';
import { readSchemaFiles, schemaFolder } from './schema-files.ts';
import { withScratchDatabase } from './scratch-database.ts';

const filters = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that the database does not have yet and answers their names, oldest first. Safe when several
 * processes start at once. Rejects with the engine's words when one fails: that one is rolled back as a whole, and is
 * tried again the next time.
 */
export async function applyMigrations(databaseUrl: string, folder = migrationsFolder): Promise<readonly string[]> {
  const migrationsList = await readMigrationList(folder);
  return withMigrationLock(databaseUrl, () =>
    withSchemaEngine(databaseUrl, async (engine) => {
      await forgetUnfinished(engine, migrationsList);
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
      return appliedMigrationNames;
    }),
  );
}

/**
 * A migration that failed, or whose process was killed, is on record as begun, and the engine would go no further. Each
 * runs in one transaction, so nothing of it is there: we hold the lock, and it may begin again.
 */
async function forgetUnfinished(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  const { failedMigrationNames } = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters,
  });
  for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
}

/**
 * Writes the migration that leads from the existing ones to the Prisma schema, empty when they agree, and answers the
 * path of its SQL. It is not applied. The existing ones are replayed in a database of their own on the given server.
 */
export async function createMigration(
  name: string,
  databaseUrl: string,
  options: { readonly folder?: string; readonly now?: Date } = {},
): Promise<string> {
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error(`A migration is named in snake_case, not "${name}"`);
  const folder = options.folder ?? migrationsFolder;
  const sql = await withScratchDatabase(databaseUrl, async (scratchUrl) => {
    await applyMigrations(scratchUrl, folder);
    return schemaDifference(scratchUrl);
  });
  const stamp = (options.now ?? new Date()).toISOString().replace(/\D/g, '').slice(0, 14);
  return writeMigration(folder, `${stamp}_${name}`, sql);
}

/** Drops everything in the database, data included, and applies all migrations. */
export async function resetDatabase(databaseUrl: string): Promise<readonly string[]> {
  await withMigrationLock(databaseUrl, () => dropEverything(databaseUrl));
  return applyMigrations(databaseUrl);
}

/**
 * How the database differs from the migrations and the Prisma schema: migrations missing, edited or failed, and the
 * statements that would make the tables agree. Empty when nothing differs.
 */
export async function checkDrift(databaseUrl: string): Promise<readonly string[]> {
  const sql = await schemaDifference(databaseUrl);
  const statements = sql.split(/\n{2,}/).filter((part) => part.replaceAll(/^--.*$/gm, '').trim() !== '');
  return [...(await historyDifferences(databaseUrl)), ...statements];
}

/** The SQL that would make the tables of the database agree with the Prisma schema; empty when they do. */
async function schemaDifference(databaseUrl: string): Promise<string> {
  const files = await readSchemaFiles();
  const { stdout } = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files: [...files], configDir: schemaFolder },
      to: { tag: 'schemaDatamodel', files: [...files] },
      script: true,
      exitCode: null,
      filters,
    }),
  );
  return stdout ?? '';
}

async function historyDifferences(databaseUrl: string): Promise<string[]> {
  const migrationsList = await readMigrationList(migrationsFolder);
  const found = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters }),
  );
  const history = found.history;
  const missing = history !== null && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [];
  const unknown = history !== null && 'unpersistedMigrationNames' in history ? history.unpersistedMigrationNames : [];
  return [
    ...missing.map((name) => `Migration ${name} is not applied`),
    ...unknown.map((name) => `Migration ${name} is applied but not in the folder`),
    ...found.editedMigrationNames.map((name) => `Migration ${name} was edited after it was applied`),
    ...found.failedMigrationNames.map((name) => `Migration ${name} failed half-way`),
  ];
}

const commands: Readonly<Record<string, (databaseUrl: string, name: string) => Promise<readonly string[]>>> = {
  apply: async (databaseUrl) => (await applyMigrations(databaseUrl)).map((name) => `Applied ${name}`),
  create: async (databaseUrl, name) => [`Wrote ${await createMigration(name, databaseUrl)}`],
  reset: async (databaseUrl) => (await resetDatabase(databaseUrl)).map((name) => `Applied ${name}`),
  drift: async (databaseUrl) => {
    const differences = await checkDrift(databaseUrl);
    if (differences.length > 0) process.exitCode = 1;
    return differences;
  },
};

async function runCommand([name = '', argument = '']: readonly string[]): Promise<void> {
  const command = commands[name];
  const databaseUrl = process.env.DATABASE_URL;
  if (command === undefined || (name === 'create' && argument === '')) {
    throw new Error('Usage: node prisma/migrate.ts apply | create <name> | reset | drift');
  }
  if (!databaseUrl) throw new Error('DATABASE_URL says which database; it is not set');
  if (name === 'reset' && process.env.CAUCE_MODE === 'production') {
    throw new Error('A production database is not reset from here');
  }
  for (const line of await command(databaseUrl, argument)) console.log(line);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runCommand(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
