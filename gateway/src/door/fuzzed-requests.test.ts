import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { errorCodes } from '@cauce/shared/errors/error-codes';
import { silentLog } from '@cauce/shared/test/silent-log';
import fc from 'fast-check';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { createPersistedQueries } from '../documents/persisted-queries.ts';
import { noTrustedDocuments } from '../documents/trusted-documents.ts';
import { randomOperation } from '../execute/test/random-operation.ts';
import { createSchemaTransport } from '../execute/test/shop-gateway.ts';
import { createShopSchemas, monolith, shopSupergraph } from '../execute/test/shop-graph.ts';
import { createShopWorld } from '../execute/test/shop-world.ts';
import { createFederatedGraph } from '../graph/federated-graph.ts';
import { createShapeCheck } from '../limits/check-shape.ts';
import { defaultBudgets } from '../limits/cost-budget.ts';
import { defaultLimits, maxTokens } from '../limits/operation-limits.ts';
import { createAdmitOperation } from './admit-operation.ts';
import { answerFormat } from './answer-format.ts';
import { registerHttpErrors } from './http-errors.ts';
import { createHttpHandler } from './http-handler.ts';
import { createInspection } from './inspection.ts';
import { createViewerResolver } from './viewer-resolver.ts';

/** `CAUCE_FUZZ_RUNS=50000` for a long run. */
const runs = Number(process.env.CAUCE_FUZZ_RUNS ?? 2_000);

function createDoor() {
  const schemas = Object.entries(createShopSchemas(createShopWorld()));
  const graph = createFederatedGraph({
    supergraphSdl: shopSupergraph,
    transports: new Map(schemas.map(([name, schema]) => [name, createSchemaTransport(schema)])),
    maxTokens,
    checkDocument: createShapeCheck(defaultLimits),
    hidesSuggestions: true,
    // Small, so that they are full long before the first look at memory.
    cacheLimits: { maxOperations: 50, maxCharacters: 100_000 },
  });
  const nobody = () => Promise.reject(new Error('Nobody here has a credential'));
  const persisted = createPersistedQueries({ maxDocuments: 50, maxCharacters: 100_000 });
  const handle = createHttpHandler({
    graph,
    viewers: createViewerResolver({ bySession: nobody, byApiKey: nobody }, 'fuzz'.repeat(10)),
    admit: createAdmitOperation({
      graph,
      documents: { policy: 'open', trusted: noTrustedDocuments, persisted },
      budgets: defaultBudgets,
      inspection: createInspection(false),
    }),
    allowedOrigins: [],
    timeoutMs: 5_000,
  });
  const app = fastify({ bodyLimit: 512 * 1024 });
  registerHttpErrors(app, silentLog);
  app.post('/graphql', (request, reply) => handle(request, reply, answerFormat(request.headers.accept)));
  return async (payload: string, accept: string) => {
    const headers = { 'content-type': 'application/json', accept };
    const { statusCode, body } = await app.inject({ method: 'POST', url: '/graphql', headers, payload });
    return { status: statusCode, body: JSON.parse(body) };
  };
}

const words =
  '{ } ( ) [ ] : ! $ @ ... query mutation fragment on F { ...F } me id name products __typename __schema __type'
    .concat(
      ' "text" """block""" 1 -1 1e999 null true $a @skip(if: $a) @include(if: true) @defer a: __proto__ \\u0000 🐟',
    )
    .split(' ');
const soup = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(' '));
const valid = fc
  .array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 80, size: 'max' })
  .map((tape) => randomOperation(monolith, tape));
const bent = fc
  .tuple(valid, fc.nat(), fc.nat({ max: 12 }), fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary' })))
  .map(([{ source }, at, length, text]) => {
    const start = at % (source.length + 1);
    return source.slice(0, start) + text + source.slice(start + length);
  });
const query = fc.oneof(
  soup,
  bent,
  fc.string({ unit: 'binary', maxLength: 200 }),
  valid.map(({ source }) => source),
);
const request = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      { query, variables: fc.jsonValue(), operationName: fc.jsonValue(), extensions: fc.jsonValue() },
      { requiredKeys: [] },
    ),
  },
  { weight: 6, arbitrary: fc.record({ query, variables: fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue()) }) },
  { weight: 3, arbitrary: valid.map(({ source, variables }) => ({ query: source, variables })) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const payload = fc.oneof(
  { weight: 9, arbitrary: request.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

it('whatever is sent is answered, in our words, and nothing of it stays', async () => {
  const send = createDoor();
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const heapAfter = async (numRuns: number) => {
    await fc.assert(
      fc.asyncProperty(
        payload,
        fc.constantFrom('application/json', 'application/graphql-response+json'),
        async (text, accept) => {
          const { status, body } = await send(text, accept);
          const { data, errors = [] } = body;
          expect(data !== undefined || errors.length > 0).toBe(true);
          for (const { extensions, message } of errors) {
            expect(errorCodes).toHaveProperty(extensions.code);
            expect(extensions.requestId).toMatch(/^[\w.:-]{8,}$/);
            // `Did you mean "me { ... }"?` names only what was sent.
            expect(message).not.toMatch(/Did you mean (?!"\w+ \{ \.\.\. \}")|at .*\.ts:\d/);
          }
          // The shop's own broken fields fail beside data; nothing may fail as a whole for reasons of ours.
          if (data === undefined) expect(errors[0].extensions.code).not.toBe('INTERNAL');
          expect(status).toBeLessThan(500);
        },
      ),
      // One that is not answered in this time hangs.
      { numRuns, timeout: 10_000 },
    );
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = await heapAfter(Math.ceil(runs / 2));
  const after = await heapAfter(Math.floor(runs / 2));
  expect(after - before).toBeLessThan(16 * 1024 * 1024);
}, 3_600_000);
