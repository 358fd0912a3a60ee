import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isFresh, markFresh } from '../freshness.ts';
import { root, run } from '../run.ts';

const stamp = 'node_modules/.cauce-generated/web';
const inputs = ['web', 'gateway/supergraph.graphql', 'package-lock.json'];
const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');

/** Builds the web app unless its build is fresh. */
export async function buildWeb(): Promise<void> {
  if (isFresh(stamp, 'web/.next/BUILD_ID', inputs)) return;
  await run(process.execPath, [next, 'build'], {
    cwd: join(root, 'web'),
    env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
  markFresh(stamp, inputs);
}

export interface WebServer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface DemoSignIn {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly role: string;
}

export interface WebServerOptions {
  readonly port: number;
  /** Where the web server itself reaches the gateway. */
  readonly gatewayUrl: string;
  /** Where browsers reach it, on the host that they came to. */
  readonly gatewayPort: number;
  /** Offered on the sign-in page; none outside demo mode. */
  readonly demoSignIns: readonly DemoSignIn[];
}

/** Serves the built app from a process of its own, so that rendering never delays the graph. */
export async function startWeb({ port, gatewayUrl, gatewayPort, demoSignIns }: WebServerOptions): Promise<WebServer> {
  const child = spawn(process.execPath, [next, 'start', '--port', String(port)], {
    cwd: join(root, 'web'),
    // Its own process group: Ctrl-C reaches us, and we end it in its turn.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      GATEWAY_URL: `${gatewayUrl}/graphql`,
      GATEWAY_PORT: String(gatewayPort),
      CAUCE_MODE: demoSignIns.length > 0 ? 'demo' : 'production',
      CAUCE_DEMO_SIGN_INS: JSON.stringify(demoSignIns),
    },
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4_000);
  });
  const url = `http://localhost:${port}`;
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`The web app does not start: ${complaint.trim()}`);
    const isUp = await fetch(`http://127.0.0.1:${port}/es/sign-in`, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
    if (isUp) return { url, stop: () => end(child) };
    await wait(100);
  }
  await end(child);
  throw new Error(`The web app did not answer within a minute: ${complaint.trim()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}
