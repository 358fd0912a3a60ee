import { setTimeout as wait } from 'node:timers/promises';
import { anonymousViewer, type Viewer } from '@cauce/shared/auth/viewer';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import fc from 'fast-check';
import { buildSchema, type ExecutionResult, execute, parse } from 'graphql';
import { expect, it } from 'vitest';
import { composeSupergraph } from '../compose.ts';
import type { Transport } from '../transports/transport.ts';
import { createExecutor } from './executor.ts';
import { createSharedReads, resultText } from './shared-reads.ts';

const sdl = 'type Query { me(note: String): String! other: String } type Mutation { change: String }';
const schema = buildSchema(sdl);
const supergraphSdl = composeSupergraph([{ name: 'one', sdl }]);

/** A subgraph that answers with all that it is told of the one who asks, a little later. */
function createWitness(answersAfterMs = 4) {
  const seen: RequestScope[] = [];
  let changes = 0;
  const transport: Transport = {
    async execute({ document, operationKind, variables }, scope) {
      seen.push(scope);
      if (operationKind === 'mutation') changes += 1;
      const at = changes;
      await wait(answersAfterMs, undefined, { signal: scope.signal });
      const told = JSON.stringify([scope.viewer, scope.address, variables, at]);
      return execute({ schema, document, variableValues: variables, rootValue: { me: told, change: told } });
    },
    subscribe: () => Promise.reject(new Error('no streams')),
  };
  const executor = createSharedReads(createExecutor({ supergraphSdl, transports: new Map([['one', transport]]) }));
  return { seen, executor };
}

const source = 'query Me($note: String) { me(note: $note) }';
const scopeOf = (viewer: Viewer, address: string | null, signal = new AbortController().signal): RequestScope => ({
  ...{ viewer, address, signal },
  requestId: 'test-request',
});

const viewer = fc.record({
  kind: fc.constantFrom('anonymous', 'user', 'apiKey'),
  id: fc.constantFrom('u1', 'u2'),
  userId: fc.constantFrom('u1', 'u2', null),
  role: fc.constant(null),
  permissions: fc.subarray(['uploads:write'] as const),
  companyIds: fc.oneof(fc.constant('all' as const), fc.subarray(['a', 'b', 'a,b'])),
  siteIds: fc.subarray(['s']),
  dashboards: fc.constant([]),
  locale: fc.constantFrom('es', 'en'),
  expiresAtMs: fc.constantFrom(null, 1),
}) satisfies fc.Arbitrary<Viewer>;

it('never gives one viewer what was worked out for another', async () => {
  const request = fc.record({
    viewer,
    address: fc.constantFrom(null, '10.0.0.1', '10.0.0.2'),
    note: fc.constantFrom('a', 'b', undefined),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 12 }), async (requests) => {
      const { executor } = createWitness();
      const answers = await Promise.all(
        requests.map(({ note, ...who }) =>
          executor.execute({ source, variables: { note }, scope: scopeOf(who.viewer, who.address) }),
        ),
      );
      for (const [index, answer] of answers.entries()) {
        const asked = requests[index];
        const [seenViewer, seenAddress, variables] = JSON.parse(String(answer.data?.me));
        // When the credential ends is each caller's own matter, and no answer depends on it.
        expect({ ...seenViewer, expiresAtMs: 0 }).toEqual({ ...asked?.viewer, expiresAtMs: 0 });
        expect(seenAddress).toBe(asked?.address);
        expect(variables).toEqual({ note: asked?.note ?? null });
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);

it('works equal queries of one viewer out once, and writes their answer once', async () => {
  const { executor, seen } = createWitness();
  const ask = (note = 'x') => executor.execute({ source, variables: { note }, scope: scopeOf(anonymousViewer, null) });
  // Planned once before: on a busy machine planning takes longer than the two may be apart.
  await ask('before');
  seen.splice(0);
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(seen).toHaveLength(1);
  expect(second).toBe(first);
  if (first === undefined || second === undefined) throw new Error('Two were asked');
  expect(resultText(first)).toBe(resultText(second));
  expect(String(resultText(first))).toBe(JSON.stringify(first));
});

it('tells operations of one document apart, and one text under two names', async () => {
  const { executor } = createWitness();
  const document = parse('query A { me } query B { other }');
  const scope = scopeOf(anonymousViewer, null);
  const ask = (operationName: string): Promise<ExecutionResult> =>
    executor.execute({ source: 'both', document, operationName, scope });
  const [a, b] = await Promise.all([ask('A'), ask('B')]);
  expect(Object.keys(a.data ?? {})).toEqual(['me']);
  expect(Object.keys(b.data ?? {})).toEqual(['other']);
});

it('runs every mutation, and shows its effect to every query that comes after it', async () => {
  const { executor, seen } = createWitness();
  const scope = scopeOf(anonymousViewer, null);
  // Planned once before, so that the early one is asked before the mutations are.
  await executor.execute({ source, variables: { note: 'before' }, scope });
  seen.splice(0);
  const early = executor.execute({ source, scope });
  await Promise.all([1, 2].map(() => executor.execute({ source: 'mutation { change }', scope })));
  expect(seen).toHaveLength(3);
  const late = await executor.execute({ source, scope });
  expect(JSON.parse(String(late.data?.me))[3]).toBe(2);
  expect(JSON.parse(String((await early).data?.me))[3]).toBe(0);
});

it('keeps working for those who stay when the one who began leaves', async () => {
  const { executor, seen } = createWitness();
  const first = new AbortController();
  const left = executor.execute({ source, scope: scopeOf(anonymousViewer, null, first.signal) });
  const stays = executor.execute({ source, scope: scopeOf(anonymousViewer, null) });
  first.abort(new Error('left'));
  expect((await left).errors).toHaveLength(1);
  expect((await stays).data?.me).toBeDefined();
  expect(seen).toHaveLength(1);
});

it('ends the work when all have left', async () => {
  const { executor, seen } = createWitness(60_000);
  const callers = [new AbortController(), new AbortController()];
  const answers = callers.map(({ signal }) =>
    executor.execute({ source, scope: scopeOf(anonymousViewer, null, signal) }),
  );
  await expect.poll(() => seen.length).toBe(1);
  for (const caller of callers) caller.abort(new Error('left'));
  await Promise.all(answers);
  expect(seen.every(({ signal }) => signal.aborted)).toBe(true);
});
