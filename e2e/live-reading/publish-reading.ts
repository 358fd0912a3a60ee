import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { findProgram } from '../../scripts/processes/start-process.ts';

/** Publishes one reading as a device would, with Mosquitto's own client, QoS 1. */
export async function publishReading(
  mqttUrl: string,
  pointCode: string,
  values: Readonly<Record<string, number>>,
): Promise<void> {
  const { hostname, port } = new URL(mqttUrl);
  const body = JSON.stringify({ id: randomUUID(), ts: new Date().toISOString(), values });
  const args = ['-h', hostname, '-p', port, '-q', '1', '-t', `cauce/${pointCode}/up`, '-m', body];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(findProgram('mosquitto_pub'), args, { stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`mosquitto_pub ended with ${code}`))));
  });
}
