import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@cauce/shared/test/free-port';
import { findProgram, startProcess } from './start-process.ts';

export interface Service {
  readonly url: string;
  stop(): Promise<void>;
}

/** A real Mosquitto that keeps sessions and queues while its clients are away. */
export async function startMosquitto(wantedPort?: number): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'cauce-mosquitto-'));
  const port = wantedPort ?? (await freePort());
  const config = join(folder, 'mosquitto.conf');
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'max_queued_messages 0',
    'max_inflight_messages 6000',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const mosquitto = await startProcess({
    name: 'mosquitto',
    command: findProgram('mosquitto'),
    args: ['-c', config],
    isReady: () => accepts(port),
  });
  return {
    url: `mqtt://127.0.0.1:${port}`,
    stop: async () => {
      await mosquitto.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.end();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
