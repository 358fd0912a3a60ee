import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { findOwner, findPrograms, type Owner, runProgram } from './postgres-programs.ts';

export interface EmbeddedPostgresOptions {
  /** Absolute; holds the cluster, its log and its password. */
  readonly dir: string;
  readonly port: number;
  readonly database: string;
  /** Without durability a crash may lose everything: for tests. */
  readonly isDurable: boolean;
}

export interface EmbeddedPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

const user = 'cauce';

/**
 * Starts a Postgres of our own on loopback: made on first use, taken over when a process of ours was killed and left
 * it running. It is started by `pg_ctl`, in a session of its own, so that Ctrl-C ends it only after we are done.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const programs = await findPrograms();
  const owner = await findOwner();
  const cluster = join(options.dir, 'cluster');
  const logFile = join(options.dir, 'postgres.log');
  await mkdir(options.dir, { recursive: true });
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(options.dir, owner.uid, owner.gid);
  const passwordFile = join(options.dir, 'password');
  const password = await keptPassword(passwordFile, owner);

  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    const flags = [
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-sync',
    ];
    await runProgram(
      programs.initdb,
      [`--pgdata=${cluster}`, `--username=${user}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...flags],
      owner,
    ).catch((cause: unknown) => {
      throw new Error(`The database cannot be made in ${options.dir}: ${explain(cause)}`, { cause });
    });
  }
  const stop = async () => {
    await runProgram(programs.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '30'], owner);
  };
  const isRunning = await runProgram(programs.pg_ctl, ['status', '-D', cluster], owner).then(
    () => true,
    () => false,
  );
  if (isRunning) await stop();
  const settings: Readonly<Record<string, string>> = {
    port: String(options.port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '4GB',
    shared_preload_libraries: 'pg_stat_statements',
    ...(options.isDurable
      ? {}
      : {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          max_wal_size: '1GB',
          // Tests run several platforms beside each other.
          max_connections: '600',
        }),
  };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value === '' ? "''" : value}`);
  await runProgram(
    programs.pg_ctl,
    ['start', '-D', cluster, '-l', logFile, '-w', '-t', '60', '-o', flags.join(' ')],
    owner,
  ).catch(async (cause: unknown) => {
    const said = await readFile(logFile, 'utf8').catch(() => '');
    const last =
      said
        .trim()
        .split('\n')
        .findLast((line) => line.includes('FATAL')) ?? explain(cause);
    throw new Error(`Postgres does not start: ${last}`, { cause });
  });
  const url = `postgresql://${user}:${password}@127.0.0.1:${options.port}/`;
  await ensureDatabase(`${url}postgres`, options.database);
  return { url: `${url}${options.database}`, stop };
}

/** Made once and kept readable by us only, so that a second start can sign in. */
async function keptPassword(file: string, { uid, gid }: Owner): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept.trim();
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) await chown(file, uid, gid);
  return password;
}

async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function explain(cause: unknown): string {
  return cause instanceof Error
    ? (cause.message.split('\n').findLast((line) => line.includes('error')) ?? cause.message)
    : String(cause);
}
