import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { applyMigrations, checkDrift, createMigration, resetDatabase } from './migrate.ts';
import { migrationsFolder, readMigrationList, writeMigration } from './migration-files.ts';
import { emptyDatabase, migratedUrl, runOnce as query } from './test-support/databases.ts';

const server = inject('postgresUrl');
const names = (await readMigrationList(migrationsFolder)).migrationDirectories.map((directory) => directory.path);

describe('migrations', () => {
  test('lead from an empty database to the Prisma schema with no drift, and a second time do nothing', async () => {
    const url = await emptyDatabase();
    expect(await applyMigrations(url)).toEqual(names);
    expect(await checkDrift(url)).toEqual([]);
    expect(await applyMigrations(url)).toEqual([]);
    expect(await checkDrift(url)).toEqual([]);
  });

  test('are each applied once when several processes start together', async () => {
    const url = await emptyDatabase();
    const applied = await Promise.all([applyMigrations(url), applyMigrations(url), applyMigrations(url)]);
    expect(applied.flat()).toEqual(names);
    expect(await query(url, 'SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1')).toEqual(
      names.map((name) => ({ name })),
    );
  });

  test('are written by createMigration so that the schema follows from them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cauce-migrations-'));
    try {
      const first = await createMigration('first', server, { folder, now: new Date('2026-01-02T03:04:05Z') });
      expect(first).toBe(join(folder, '20260102030405_first', 'migration.sql'));
      expect(await readFile(first, 'utf8')).toContain('CREATE TABLE "production"."produccion_aliar"');
      const second = await createMigration('second', server, { folder, now: new Date('2026-01-03T03:04:05Z') });
      expect(await readFile(second, 'utf8')).not.toMatch(/^(CREATE|ALTER|DROP)/m);
      await expect(createMigration('Not A Name', server, { folder })).rejects.toThrow(/snake_case/);
    } finally {
      await rm(folder, { recursive: true });
    }
    expect(await query(server, `SELECT datname FROM pg_database WHERE datname LIKE 'cauce_scratch_%'`)).toEqual([]);
  });

  test('that fail leave nothing behind and are tried again once they are put right', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cauce-migrations-'));
    const url = await emptyDatabase();
    try {
      const body =
        'CREATE TABLE public.half (id int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;';
      await writeMigration(folder, '20260101000000_first', `${body} SELECT 1 / 0;`);
      await expect(applyMigrations(url, folder)).rejects.toThrow(/division by zero/);
      expect(await query(url, `SELECT to_regclass('public.half') AS found`)).toEqual([{ found: null }]);
      await writeMigration(folder, '20260101000000_first', body);
      expect(await applyMigrations(url, folder)).toEqual(['20260101000000_first']);
      expect(await query(url, 'SELECT f() AS found FROM public.half RIGHT JOIN (SELECT 1) AS one ON true')).toEqual([
        { found: 1 },
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('start anew after a reset, without the data that was there', async () => {
    const url = await migratedUrl();
    await query(url, `INSERT INTO access.companies (code, name) VALUES ('OLD', 'Old')`);
    await query(url, 'CREATE TABLE public.left_over (id int)');
    expect(await resetDatabase(url)).toEqual(names);
    expect(await query(url, 'SELECT * FROM access.companies')).toEqual([]);
    expect(await query(url, `SELECT to_regclass('public.left_over') AS found`)).toEqual([{ found: null }]);
    expect(await checkDrift(url)).toEqual([]);
  });
});

describe('drift', () => {
  test('is seen in a column, an index and a default that somebody changed by hand', async () => {
    const url = await migratedUrl();
    await query(url, 'ALTER TABLE access.users ADD COLUMN nickname text');
    await query(url, 'DROP INDEX production.idx_planta');
    await query(url, 'ALTER TABLE clinics.clinics ALTER COLUMN hold_minutes SET DEFAULT 99');
    const found = (await checkDrift(url)).join('\n');
    expect(found).toContain('DROP COLUMN "nickname"');
    expect(found).toContain('"idx_planta"');
    expect(found).toContain('"hold_minutes" SET DEFAULT 10');
  });

  test('is seen in a migration that is missing, edited or unknown', async () => {
    expect(await checkDrift(await emptyDatabase())).toEqual(
      expect.arrayContaining(names.map((name) => `Migration ${name} is not applied`)),
    );
    const url = await migratedUrl();
    await query(url, `UPDATE _prisma_migrations SET checksum = 'other' WHERE migration_name = '${names[0]}'`);
    expect(await checkDrift(url)).toEqual([`Migration ${names[0]} was edited after it was applied`]);
    await query(url, `UPDATE _prisma_migrations SET migration_name = '20990101000000_other' WHERE checksum = 'other'`);
    expect(await checkDrift(url)).toEqual([
      `Migration ${names[0]} is not applied`,
      'Migration 20990101000000_other is applied but not in the folder',
    ]);
  });
});
