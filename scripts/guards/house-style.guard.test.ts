import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

const code = sourceFiles(['.ts', '.tsx', '.mjs']);
const own = code.filter(({ path }) => !path.startsWith('scripts/guards/'));
const offenders = (pattern: RegExp, files = own) =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );

describe('house style', () => {
  it('no file holds two ideas: 400 lines at most', () => {
    expect(code.filter(({ text }) => text.split('\n').length > 401).map(({ path }) => path)).toEqual([]);
  });

  it('types are never loosened, and no test is skipped or singled out', () => {
    expect(offenders(/:\s*any\b|\bas any\b|<any>|@ts-ignore|@ts-nocheck/)).toEqual([]);
    expect(offenders(/\b(?:it|test|describe)\.(?:skip|only|todo)\(/)).toEqual([]);
  });

  it('the environment is read in one place of each process', () => {
    const readers = new Set(['subgraphs/shared/src/env/parse-env.ts', 'scripts/bootstrap.mjs', 'codegen.ts']);
    const isAllowed = (path: string) =>
      readers.has(path) ||
      /\/env\.ts$|server\/env|\.test\.|\/test(?:-support)?\/|^e2e\/|^bench\/|^scripts\/|^docs\/samples\/|^prisma\/|(?:next|vitest)\.config/.test(
        path,
      );
    // Passing the whole environment on to a child process reads nothing from it.
    expect(
      offenders(
        /process\.env(?!\.NODE_ENV|\s*[,}])/,
        own.filter(({ path }) => !isAllowed(path)),
      ),
    ).toEqual([]);
  });

  it('files are named for what they are, never utils, helpers, common or misc', () => {
    expect(
      code.map(({ path }) => path).filter((path) => /(?:^|\/)(?:utils?|helpers?|common|misc)(?:\/|\.)/.test(path)),
    ).toEqual([]);
  });

  it('nothing speaks of the place it was written in', () => {
    const everything = sourceFiles([
      '.ts',
      '.tsx',
      '.mjs',
      '.md',
      '.json',
      '.yml',
      '.sql',
      '.prisma',
      '.graphql',
      '.css',
    ]);
    expect(
      offenders(
        /(?<![\w.])\/(?:work|farm|root)\/|"resolved": "http/,
        everything.filter(({ path }) => !path.startsWith('scripts/guards/')),
      ),
    ).toEqual([]);
  });
});
