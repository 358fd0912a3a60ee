import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.ts';

const skipped = new Set(['node_modules', '.next', 'generated', 'client', '.git', '.cauce']);

/** A hash over the names and contents of files and folders, relative to the root. */
export function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

/** Whether something made from `inputs` is there and was made from them as they are now. */
export function isFresh(stamp: string, output: string, inputs: readonly string[]): boolean {
  const file = join(root, stamp);
  return existsSync(join(root, output)) && existsSync(file) && readFileSync(file, 'utf8') === hashOf(inputs);
}

/** Remembers what `isFresh` will compare with. */
export function markFresh(stamp: string, inputs: readonly string[]): void {
  const file = join(root, stamp);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hashOf(inputs));
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  const full = join(root, path);
  if (!existsSync(full)) return;
  try {
    const names = readdirSync(full).sort();
    for (const name of names) if (!skipped.has(name)) addTo(hash, join(path, name));
  } catch {
    hash.update(path).update(readFileSync(full));
  }
}
