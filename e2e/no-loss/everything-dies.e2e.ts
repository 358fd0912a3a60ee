import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { applyMigrations } from '@cauce/prisma/migrate';
import { eventually } from '@cauce/shared/test/eventually';
import { freePort } from '@cauce/shared/test/free-port';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answers, type RunningProcess, startProcess } from '../../scripts/processes/start-process.ts';
import { currentWay } from '../platform/start-platform.ts';
import { type Mortal, mortalMosquitto, mortalPostgres } from './mortal-services.ts';
import { startStoreAndForward } from './store-and-forward.ts';
import { addWells, type Well, wellMessage } from './wells.ts';

/** How long devices speak; the whole of it is for running by hand. */
const seconds = Number(process.env.CAUCE_NO_LOSS_SECONDS ?? 6);
const perSecond = 1_000;
const total = seconds * perSecond;

const ends: (() => unknown)[] = [];
let postgres: Mortal;
let broker: Mortal;
let worker: Mortal;
let pool: pg.Pool;
let wells: readonly Well[];

beforeAll(async () => {
  postgres = await mortalPostgres();
  ends.push(() => postgres.stop());
  broker = await mortalMosquitto();
  ends.push(() => broker.stop());
  await applyMigrations(postgres.url);
  pool = new pg.Pool({ connectionString: postgres.url, max: 2 });
  pool.on('error', () => {});
  ends.push(() => pool.end());
  wells = await addWells(pool, 20);
  worker = await mortalWorker();
  ends.push(() => worker.stop());
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

it(`${perSecond} readings a second for ${seconds} s, while broker, database and worker are killed in turn, are each stored once, measured once and counted once`, {
  timeout: seconds * 1_000 + 240_000,
}, async () => {
  const device = startStoreAndForward(broker.url, 'device', 3_000);
  ends.push(() => device.stop());
  const startedMs = performance.now();
  const kills: string[] = [];
  const killing = (async () => {
    const victims = [
      ['worker', worker],
      ['database', postgres],
      ['broker', broker],
    ] as const;
    // Each of them once in a short run, every ten seconds in a long one; one may die while another is starting again.
    const pauseMs = seconds < 60 ? (seconds * 1_000) / 4 : 10_000;
    const reviving = new Map<string, Promise<void>>();
    for (let turn = 0; turn < 3 || performance.now() - startedMs < seconds * 1_000 - pauseMs / 2; turn += 1) {
      await wait(pauseMs);
      const [name, victim] = victims[turn % victims.length] ?? victims[0];
      await reviving.get(name);
      await victim.kill();
      kills.push(name);
      await wait(500);
      const revived = victim.revive();
      // Told where it is waited for.
      revived.catch(() => {});
      reviving.set(name, revived);
    }
    await Promise.all(reviving.values());
  })();
  // A failure of it is told at the end, not as nobody's.
  killing.catch(() => {});
  await speak(device, startedMs);
  const spokenMs = performance.now();
  await killing;
  await device.settled();
  await eventually(async () => (await counts()).raw >= 3 * total, { timeoutMs: 200_000, what: 'all is stored' });
  const storedMs = performance.now();
  // Time for what would come twice to come.
  await wait(1_500);

  expect(await counts()).toEqual({ raw: 3 * total, messages: total, measured: 3 * total, letters: 0 });
  expect(await volumes()).toEqual(wells.map(() => (total / wells.length - 1) / 10));
  expect(new Set(kills)).toEqual(new Set(['worker', 'database', 'broker']));
  console.log(
    `${total} readings spoken in ${((spokenMs - startedMs) / 1_000).toFixed(1)} s; killed: ${kills.join(', ')}; ` +
      `${device.repeated} were said again; all stored once ${((storedMs - spokenMs) / 1_000).toFixed(1)} s later`,
  );
});

async function speak(device: ReturnType<typeof startStoreAndForward>, startedMs: number): Promise<void> {
  const firstMs = Date.now() - 3_600_000;
  for (let index = 0; index < total; index += 1) {
    const turn = Math.floor(index / wells.length);
    device.publish(`cauce/${wells[index % wells.length]?.code}/up`, wellMessage(new Date(firstMs + turn * 20), turn));
    const aheadMs = (index / perSecond) * 1_000 - (performance.now() - startedMs);
    if (aheadMs > 10) await wait(aheadMs);
  }
}

async function counts() {
  try {
    const { rows } = await pool.query(
      `SELECT (SELECT count(*)::int FROM telemetry.raw_readings) AS raw,
              (SELECT count(DISTINCT message_id)::int FROM telemetry.raw_readings) AS messages,
              (SELECT count(*)::int FROM telemetry.measurements) AS measured,
              (SELECT count(*)::int FROM telemetry.dead_letters) AS letters`,
    );
    return rows[0];
  } catch {
    // The connection died with the database.
    return { raw: 0 };
  }
}

/** What each well's counter has counted, m3. */
async function volumes(): Promise<readonly number[]> {
  const { rows } = await pool.query<{ volume: number }>(
    `SELECT round(sum(delta)::numeric, 3)::float8 AS volume FROM telemetry.measurements WHERE variable = 'TOTAL' GROUP BY point_id`,
  );
  return rows.map(({ volume }) => volume);
}

/** The process that takes the readings: telemetry's own, or the one that holds everything. */
async function mortalWorker(): Promise<Mortal> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cauce-e2e-data-'));
  const port = await freePort();
  const isAlone = currentWay() === 'services';
  const env = {
    NODE_ENV: 'production',
    CAUCE_MODE: 'test',
    LOG_LEVEL: 'warn',
    DATABASE_URL: postgres.url,
    MQTT_URL: broker.url,
    CAUCE_DATA_DIR: dataDir,
    [isAlone ? 'SUBGRAPH_PORT' : 'GATEWAY_PORT']: String(port),
    TELEMETRY_SIMULATOR: 'off',
  };
  const start = (): Promise<RunningProcess> =>
    startProcess({
      name: 'telemetry',
      command: process.execPath,
      args: [isAlone ? 'subgraphs/telemetry/src/main.ts' : 'gateway/src/main.ts'],
      env,
      isReady: () => answers(`http://127.0.0.1:${port}/readyz`),
      timeoutMs: 90_000,
    });
  let running = await start();
  return {
    url: `http://127.0.0.1:${port}`,
    kill: () => running.kill(),
    revive: async () => {
      running = await startAgain(start);
    },
    stop: async () => {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** As whoever looks after processes does: one that met the database's end while it began is started anew. */
async function startAgain(start: () => Promise<RunningProcess>, triesLeft = 4): Promise<RunningProcess> {
  try {
    return await start();
  } catch (error) {
    if (triesLeft === 0) throw error;
    await wait(500);
    return startAgain(start, triesLeft - 1);
  }
}
