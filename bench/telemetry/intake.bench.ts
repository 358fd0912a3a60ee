import { rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { addWells, type Well, wellMessage } from '@cauce/e2e/no-loss/wells';
import { applyMigrations } from '@cauce/prisma/migrate';
import { startEmbeddedPostgres } from '@cauce/shared/embedded/postgres';
import { eventually } from '@cauce/shared/test/eventually';
import { freePort } from '@cauce/shared/test/free-port';
import { scratchFolder } from '@cauce/shared/test/scratch-folder';
import mqtt from 'mqtt';
import pg from 'pg';
import { startMosquitto } from '../../scripts/processes/mosquitto.ts';
import { startProcess } from '../../scripts/processes/start-process.ts';
import { addHistory } from './add-history.ts';
import { copyOfTable } from './copy-of-table.ts';

/**
 * How many readings a second go from MQTT to committed, everything that follows from them included (measurements,
 * counters, latest values, marks for the rollups, events), against `COPY` of the very rows that they left behind, in
 * the same run, into tables with the same partitions and indexes. Then again with ten times the history.
 *
 * The broker holds the messages when the clock starts, so that no publisher shares the machine.
 *
 *   node bench/telemetry/intake.bench.ts [messages] [history rows]
 */
const messages = Number(process.argv[2] ?? 40_000);
const history = Number(process.argv[3] ?? 200_000);
const wellCount = 100;
const clientId = 'bench-intake';
/** Between two readings of a well. */
const stepMs = 100;
const intakeProgram = new URL('../../subgraphs/telemetry/src/test-support/intake-process.fixture.ts', import.meta.url)
  .pathname;

const dir = scratchFolder('bench-intake');
const postgres = await startEmbeddedPostgres({ dir, port: await freePort(), database: 'cauce_bench', isDurable: true });
const mosquitto = await startMosquitto();
const pool = new pg.Pool({ connectionString: postgres.url, max: 3 });
try {
  await applyMigrations(postgres.url);
  const start = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 3 * 86_400_000);
  await pool.query(
    `SELECT telemetry.ensure_partitions(($1::timestamptz - interval '3 years')::date, ($1::timestamptz + interval '40 days')::date)`,
    [start],
  );
  const wells = await addWells(pool, wellCount);
  console.log(`${messages} messages of three values from ${wellCount} wells`);
  const rates: number[] = [];
  for (const [round, rows] of [history, 10 * history].entries()) {
    await addHistory(pool, rows, start);
    // Each round in a stretch of time of its own.
    rates.push(await measureRound(wells, rows, new Date(start.getTime() + round * 86_400_000)));
  }
  const [first = 1, second = 0] = rates;
  console.log(`flat: with ten times the history ${(second / first).toFixed(2)} of the rate`);
} finally {
  await pool.end();
  await mosquitto.stop();
  await postgres.stop();
  await rm(dir, { recursive: true, force: true });
}

async function measureRound(wells: readonly Well[], rows: number, from: Date): Promise<number> {
  await queueUp(wells, from);
  const startedMs = performance.now();
  const worker = await startProcess({
    name: 'intake',
    command: process.execPath,
    args: [...process.execArgv, intakeProgram, postgres.url, mosquitto.url, clientId, '1000'],
    isReady: async () => true,
  });
  const lastAt = new Date(from.getTime() + Math.floor((messages - 1) / wells.length) * stepMs);
  // The clock starts with the first commits: the start of the process is no part of the rate.
  await eventually(async () => (await wellsThrough(from)) > 0, { timeoutMs: 60_000, what: 'the first commit' });
  const firstMs = performance.now();
  const atFirst = await countSince(from);
  await eventually(async () => (await wellsThrough(lastAt)) === wells.length, {
    timeoutMs: 300_000,
    what: 'all is committed',
  });
  const seconds = (performance.now() - firstMs) / 1_000;
  await worker.stop();
  const total = await countSince(from);
  if (total !== 3 * messages) throw new Error(`${total} values stored, not ${3 * messages}`);
  const readings = messages - atFirst / 3;
  const rate = readings / seconds;
  const rawCopy = await meanCopy('telemetry.raw_readings', from);
  const measuredCopy = await meanCopy('telemetry.measurements', from);
  const bothSeconds = (rawCopy.seconds + measuredCopy.seconds) * (readings / messages);
  console.log(`  with ${rows} rows of history, ${((firstMs - startedMs) / 1_000).toFixed(1)} s to the first commit`);
  console.log(`    MQTT to committed   ${rate.toFixed(0)} readings/s, ${(3 * rate).toFixed(0)} values/s`);
  console.log(
    `    COPY of raw         ${(rawCopy.rows / rawCopy.seconds).toFixed(0)} rows/s: ratio ${((3 * rate * rawCopy.seconds) / rawCopy.rows).toFixed(2)}`,
  );
  console.log(
    `    COPY of raw and measured rows: ratio ${(bothSeconds / seconds).toFixed(2)}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  return rate;
}

/** Of several: each takes so short that whatever else the machine does would decide. */
async function meanCopy(table: string, from: Date) {
  const copies = [];
  for (let round = 0; round < 5; round += 1) copies.push(await copyOfTable(pool, table, 'measured_at >= $1', from));
  return {
    rows: copies[0]?.rows ?? 0,
    seconds: copies.reduce((sum, { seconds }) => sum + seconds, 0) / copies.length,
  };
}

/** Publishes while the worker is away: its session keeps everything. */
async function queueUp(wells: readonly Well[], from: Date): Promise<void> {
  const session = await mqtt.connectAsync(mosquitto.url, { clientId, clean: false, protocolVersion: 4 });
  await session.subscribeAsync('cauce/+/up', { qos: 1 });
  await session.endAsync();
  const device = await mqtt.connectAsync(mosquitto.url, { protocolVersion: 4 });
  let sent: Promise<unknown>[] = [];
  for (let index = 0; index < messages; index += 1) {
    const at = new Date(from.getTime() + Math.floor(index / wells.length) * stepMs);
    const topic = `cauce/${wells[index % wells.length]?.code}/up`;
    sent.push(device.publishAsync(topic, wellMessage(at, Math.floor(index / wells.length)), { qos: 1 }));
    if (sent.length < 2_000) continue;
    await Promise.all(sent);
    sent = [];
  }
  await Promise.all(sent);
  await device.endAsync();
}

async function countSince(from: Date): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM telemetry.raw_readings WHERE measured_at >= $1 AND measured_at < $1 + interval '1 day'`,
    [from],
  );
  return rows[0]?.count ?? 0;
}

/** Wells whose newest level is of this instant or later; what one well says is stored in its order. */
async function wellsThrough(at: Date): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM telemetry.latest_measurements WHERE variable = 'LEVEL' AND measured_at >= $1`,
    [at],
  );
  return rows[0]?.count ?? 0;
}
