import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { beforeAll, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { currentWay } from '../platform/start-platform.ts';
import { type TextProbe, textProbes } from './text-probes.ts';

const platform = joinPlatform();
let client: GraphClient;

beforeAll(async () => {
  client = await signIn(platform, 'admin');
});

/** A zero byte, half a character, all that SQL and LIKE mean something by, and a long one. */
const texts = ['\0', 'a\0b', '\ud800', `'"\\%_;--`, 'x'.repeat(2_000)];

/** All of them in one process; between services only the way is another, so each place is given one of them in turn. */
const textsAt = (index: number) =>
  currentWay() === 'services' ? texts.slice(index % texts.length, (index % texts.length) + 1) : texts;

async function probesOf(kind: 'query' | 'mutation'): Promise<TextProbe[]> {
  const { data } = await client.ask(getIntrospectionQuery());
  return textProbes(buildClientSchema(data as unknown as IntrospectionQuery), kind);
}

/** What went wrong on our side, for a text at a place. */
async function failuresOf(probes: readonly TextProbe[]): Promise<string[]> {
  const failures: string[] = [];
  for (const [index, { place, query, variables }] of probes.entries()) {
    for (const text of textsAt(index)) {
      const startedMs = performance.now();
      const { errors } = await client.ask(query, variables(text));
      const shown = JSON.stringify(text.length > 20 ? `${text.length} × ${text[0]}` : text);
      for (const { extensions } of errors) {
        if (!acceptable.has(String(extensions.code))) failures.push(`${String(extensions.code)} ${place} ${shown}`);
      }
      if (performance.now() - startedMs > 5_000) failures.push(`slow ${place} ${shown}`);
    }
  }
  return failures;
}

const acceptable = new Set(['BAD_USER_INPUT', 'FORBIDDEN', 'UNAUTHENTICATED', 'NOT_FOUND', 'CONFLICT', 'RATE_LIMITED']);

it('no text that can be given to any query makes it fail on our side, or slow', async () => {
  const probes = await probesOf('query');
  expect(probes.length).toBeGreaterThan(50);
  expect(await failuresOf(probes)).toEqual([]);
}, 300_000);

it('no text that can be given to any mutation makes it fail on our side, or slow', async () => {
  const leaving = /^(signOut|changePassword|setUserAccess)\(/;
  const probes = (await probesOf('mutation')).filter(({ place }) => !leaving.test(place));
  expect(probes.length).toBeGreaterThan(50);
  expect(await failuresOf(probes)).toEqual([]);
}, 300_000);
