import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files.ts';

/** The import table of docs/architecture.md: a room may import itself and what is listed. */
const mayImport: Record<string, readonly string[]> = {
  prisma: [],
  'subgraphs/shared': ['prisma'],
  gateway: ['subgraphs/shared', 'prisma'],
  web: [],
  e2e: ['subgraphs/shared', 'gateway', 'prisma', 'scripts'],
  bench: ['subgraphs/shared', 'subgraphs/inventory', 'subgraphs/telemetry', 'gateway', 'prisma', 'e2e', 'scripts'],
  scripts: ['subgraphs/shared', 'gateway', 'prisma', 'subgraphs/*'],
};
const domains = ['access', 'production', 'inventory', 'clinics', 'telemetry', 'finance', 'assistant'];
for (const name of domains) mayImport[`subgraphs/${name}`] = ['subgraphs/shared', 'prisma'];

/** The one door through which the gateway reaches subgraphs that run in its own process. */
const registry = 'gateway/src/transports/subgraph-registry.ts';

function roomOf(path: string): string | null {
  const [first = '', second = ''] = path.split('/');
  if (first === 'subgraphs') return `subgraphs/${second}`;
  return Object.hasOwn(mayImport, first) ? first : null;
}

function importsOf({ path, text }: SourceFile): readonly string[] {
  const pattern = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].flatMap(([, target = '']) => {
    if (target.startsWith('.')) return [posix.normalize(posix.join(posix.dirname(path), target))];
    const own = /^@cauce\/([\w-]+)/.exec(target)?.[1];
    if (own === undefined) return [];
    return [['prisma', 'gateway', 'web', 'e2e', 'bench'].includes(own) ? `${own}/` : `subgraphs/${own}/`];
  });
}

/** Tests everywhere may stand on the shared fixtures. */
const isTest = (path: string) => /\.test\.tsx?$|\/test-support\//.test(path);

const files = sourceFiles(['.ts', '.tsx']);

describe('rooms', () => {
  it('import only what the import table lets them', () => {
    const broken = files.flatMap((file) => {
      const room = roomOf(file.path);
      if (room === null) return [];
      const allowed = mayImport[room] ?? [];
      return importsOf(file)
        .map((target) => ({ target, other: roomOf(target) }))
        .filter(({ other }) => other !== null && other !== room)
        .filter(
          ({ other }) =>
            !allowed.includes(other ?? '') && !(allowed.includes('subgraphs/*') && other?.startsWith('subgraphs/')),
        )
        .filter(() => file.path !== registry)
        .filter(({ target }) => !(isTest(file.path) && target.startsWith('subgraphs/shared/')))
        .map(({ target }) => `${file.path} imports ${target}`);
    });
    expect(broken).toEqual([]);
  });

  it('keep GraphQL out of services and stores, and Prisma out of schemas', () => {
    const banned: readonly (readonly [RegExp, RegExp])[] = [
      // A type may travel; what runs may not.
      [/\.schema\.ts$/, /import (?!type)[^;]*from '(@cauce\/prisma|\.[^']*\.store\.ts)/],
      [/\.(service|store)\.ts$/, /from 'graphql'/],
      [/\.service\.ts$/, /import (?!type)[^;]*from '@cauce\/prisma/],
    ];
    const broken = files
      .filter(({ path }) => path.startsWith('subgraphs/'))
      .flatMap(({ path, text }) =>
        banned.filter(([name, use]) => name.test(path) && use.test(text)).map(([, use]) => `${path}: ${use}`),
      );
    expect(broken).toEqual([]);
  });
});
