import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = import.meta.dirname;

/**
 * Writes the typed client to `prisma/client`. Silent when it succeeds; rejects with the generator's own words when the
 * schema is wrong. Needs no network: generating does not use the schema engine, but the CLI downloads one unless the
 * variable names an executable that exists.
 */
export async function generateClient(): Promise<void> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('prisma/package.json')), 'build/index.js');
  const child = spawn(process.execPath, [cli, 'generate', '--no-hints'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`prisma generate failed\n${Buffer.concat(output).toString('utf8')}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await generateClient();
