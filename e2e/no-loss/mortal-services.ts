import { mkdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@cauce/shared/embedded/postgres';
import { freePort } from '@cauce/shared/test/free-port';
import { scratchFolder } from '@cauce/shared/test/scratch-folder';
import { accepts } from '../../scripts/processes/mosquitto.ts';
import { findProgram, type RunningProcess, startProcess } from '../../scripts/processes/start-process.ts';

/** Something that can be killed without a word and started again as what it was. */
export interface Mortal {
  readonly url: string;
  kill(): Promise<void>;
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** A Postgres that promises durability. Its first process is killed; the others follow it. */
export async function mortalPostgres(): Promise<Mortal> {
  const dir = scratchFolder('mortal-postgres');
  const port = await freePort();
  const start = () => startEmbeddedPostgres({ dir, port, database: 'cauce', isDurable: true });
  let running = await start();
  return {
    url: running.url,
    kill: async () => {
      const [pid = ''] = (await readFile(join(dir, 'cluster/postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGKILL');
      while (await accepts(port)) await wait(20);
    },
    revive: async () => {
      // Until the last of the old processes is gone, its memory is in the way of the new one.
      for (let tries = 0; ; tries += 1) {
        try {
          running = await start();
          return;
        } catch (error) {
          if (tries === 20) throw error;
          await wait(250);
        }
      }
    },
    stop: async () => {
      await running.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/**
 * A Mosquitto that keeps sessions and messages on disk. It writes them once a second and says "got it" before: what it
 * took within the last second is lost when it is killed, so that devices have to say it again.
 */
export async function mortalMosquitto(): Promise<Mortal> {
  const dir = scratchFolder('mortal-mosquitto');
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const config = join(dir, 'mosquitto.conf');
  await writeFile(
    config,
    [
      ...[`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'max_queued_messages 0', 'max_inflight_messages 2000'],
      ...['persistence true', `persistence_location ${dir}/`, 'autosave_interval 1', 'user root'],
    ].join('\n'),
  );
  const start = (): Promise<RunningProcess> =>
    startProcess({
      name: 'mosquitto',
      command: findProgram('mosquitto'),
      args: ['-c', config],
      isReady: () => accepts(port),
    });
  let running = await start();
  return {
    url: `mqtt://127.0.0.1:${port}`,
    kill: () => running.kill(),
    revive: async () => {
      running = await start();
    },
    stop: async () => {
      await running.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
