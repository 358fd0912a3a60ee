import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './run.ts';

/** Runs every benchmark under `bench/`, or those whose path holds one of the given words. Each prints its own ratios. */
const wanted = process.argv.slice(2);
const files = readdirSync(join(root, 'bench'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.bench.ts') && !path.includes('node_modules'))
  .filter((path) => wanted.length === 0 || wanted.some((word) => path.includes(word)))
  .sort();
for (const path of files) {
  console.log(`\n── bench/${path}`);
  await runNode(join('bench', path), [], { isLoud: true });
}
