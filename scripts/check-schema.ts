import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { z } from 'zod';
import { printApiSchema, readApiSchema } from './api-schema.ts';
import { root } from './run.ts';
import { acknowledgementSchema, checkSchema, type SchemaCheck } from './schema-changes.ts';

const releasedFile = 'gateway/schema.released.graphql';
const acknowledgedFile = 'gateway/schema-breaking-changes.json';
const changelogFile = 'docs/schema-changelog.md';

/** The composed graph, as it is now, against the last release. */
export async function checkReleasedSchema(today: string): Promise<SchemaCheck> {
  const acknowledged = z.array(acknowledgementSchema).parse(JSON.parse(read(acknowledgedFile)));
  return checkSchema(buildSchema(read(releasedFile)), readApiSchema(), { acknowledged, today });
}

/** What keeps the schema from being merged, a line each. */
export function problemsOf({ breaking, idle, unclear }: SchemaCheck): readonly string[] {
  return [
    ...breaking.map((one) => `breaks clients: ${one}`),
    ...idle.map((path) => `does not break anything, take it out of ${acknowledgedFile}: ${path}`),
    ...unclear.map((one) => `deprecated without notice: ${one}`),
  ];
}

/**
 * Makes the schema of today the released one: what changed goes to the top of the changelog, and the answers for what
 * broke are forgotten. Nothing happens when nothing changed.
 */
export async function releaseSchema(today: string): Promise<readonly string[]> {
  if (!existsSync(join(root, releasedFile))) {
    write(releasedFile, printApiSchema(readApiSchema()));
    return [];
  }
  const check = await checkReleasedSchema(today);
  const [problem] = problemsOf(check);
  if (problem !== undefined) throw new Error(problem);
  if (check.changes.length === 0) return [];
  const [head = '', ...releases] = read(changelogFile).split(/^(?=## )/m);
  // A second release of a day joins the first.
  const earlier = releases[0]?.startsWith(`## ${today}\n`) ? releases.shift()?.split('\n').slice(2) : undefined;
  const lines = check.changes.map((change) => `- ${change.replace(/'([^']+)'/g, '`$1`')}`);
  const entry = [`## ${today}`, '', ...lines, ...(earlier ?? ['', ''])].join('\n');
  write(changelogFile, `${[head, entry, ...releases].join('').trimEnd()}\n`);
  write(releasedFile, printApiSchema(readApiSchema()));
  write(acknowledgedFile, '[]\n');
  return check.changes;
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function write(path: string, text: string): void {
  writeFileSync(join(root, path), text);
}

if (import.meta.main) {
  const today = new Date().toISOString().slice(0, 10);
  if (process.argv.includes('--release')) {
    const changes = await releaseSchema(today);
    console.log(`${changes.length} changes released in ${changelogFile}`);
  } else {
    const check = await checkReleasedSchema(today);
    const problems = problemsOf(check);
    for (const problem of problems) console.error(problem);
    console.log(`  ${check.changes.length} changes since the last release of the schema`);
    if (problems.length > 0) process.exitCode = 1;
  }
}
