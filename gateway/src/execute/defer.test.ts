import fc from 'fast-check';
import { type DirectiveNode, Kind, parse, print, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { SubgraphAnswer } from '../transports/transport.ts';
import { createExecutor } from './executor.ts';
import type { IncrementalAnswer } from './incremental-answer.ts';
import { mergeParts, saysTheSame, sorted } from './test/merge-parts.ts';
import { randomOperation } from './test/random-operation.ts';
import { randomSupergraph } from './test/random-supergraph.ts';
import { createSchemaTransport, createScope, createShopGateway } from './test/shop-gateway.ts';
import { monolith } from './test/shop-graph.ts';
import { createSmallGateway } from './test/small-gateway.ts';

const scope = createScope();

async function parts(
  gateway: ReturnType<typeof createShopGateway>,
  source: string,
  variables = {},
): Promise<IncrementalAnswer> {
  const answer = await gateway.executor.executeIncrementally({ source, variables, scope });
  if (!('rest' in answer)) throw new Error(JSON.stringify(answer));
  return answer;
}

async function payloadsOf({ rest }: IncrementalAnswer) {
  const payloads = [];
  for await (const payload of rest) payloads.push(payload);
  return payloads;
}

describe('what a client defers', () => {
  it('comes after the rest, which does not wait for it', async () => {
    const gateway = createShopGateway();
    const late = Promise.withResolvers<void>();
    const { inventory } = gateway.schemas;
    gateway.lies.set('inventory', async (request): Promise<SubgraphAnswer> => {
      await late.promise;
      return createSchemaTransport(inventory).execute(request, scope);
    });
    const { initial, rest } = await parts(
      gateway,
      '{ products(first: 2) { name ... @defer(label: "stock") { inStock } } }',
    );
    expect(initial).toEqual({
      data: { products: [{ name: expect.any(String) }, { name: expect.any(String) }] },
      hasNext: true,
    });
    late.resolve();
    expect(await payloadsOf({ initial, rest })).toEqual([
      {
        incremental: [0, 1].map((index) => ({
          label: 'stock',
          path: ['products', index],
          data: { inStock: index === 0 ? null : false },
          ...(index === 0 ? { errors: [expect.objectContaining({ path: ['products', 0, 'inStock'] })] } : {}),
        })),
        hasNext: false,
      },
    ]);
  });

  it('comes at once where it is not to be deferred, or nobody asked for parts', async () => {
    const gateway = createShopGateway();
    const source = 'query ($later: Boolean!) { me { id ... @defer(if: $later) { name } } }';
    const whole = { data: { me: { id: 'u0', name: expect.any(String) } } };
    expect(await gateway.executor.executeIncrementally({ source, variables: { later: false }, scope })).toEqual(whole);
    expect(await gateway.ask(source, { later: true })).toEqual(whole);
    expect((await parts(gateway, source, { later: true })).initial.data).toEqual({ me: { id: 'u0' } });
  });

  it('says within its own part what went wrong there', async () => {
    const gateway = createShopGateway();
    gateway.lies.set('inventory', () => Promise.reject(new Error('down')));
    const answer = await parts(gateway, '{ products(first: 1) { name ... @defer { inStock } } }');
    expect(answer.initial.errors).toBeUndefined();
    const [payload] = await payloadsOf(answer);
    expect(payload?.incremental?.[0]?.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
  });

  it('comes for a fragment on an interface, where the object has one type that nobody had to ask for', async () => {
    const { executor } = createSmallGateway({
      zoo: {
        sdl: `type Query { lion: Lion keeper: Keeper }
          interface Animal { id: ID! }
          type Lion implements Animal { id: ID! mane: String }
          union Staff = Lion | Keeper
          type Keeper { name: String }`,
        resolvers: { Query: { lion: () => ({ id: 'l1', mane: 'long' }), keeper: () => ({ name: 'Ana' }) } },
      },
    });
    const source =
      '{ lion { mane ... on Animal @defer { id } } keeper { name ... on Staff @defer { ... on Lion { id } } } }';
    const merged = await mergeParts(await executor.executeIncrementally({ source, scope }));
    expect(merged.errors).toEqual([]);
    expect(merged.data).toEqual({ lion: { mane: 'long', id: 'l1' }, keeper: { name: 'Ana' } });
  });

  it('stops being fetched when the client leaves', async () => {
    const gateway = createShopGateway();
    const answer = await parts(
      gateway,
      '{ products(first: 1) { name ... @defer { reviews { body ... @defer { author { email } } } } } }',
    );
    await answer.rest.next();
    const before = gateway.sent.length;
    await answer.rest.return();
    await new Promise((resolve) => setImmediate(resolve));
    expect(gateway.sent.length).toBeLessThanOrEqual(before + 1);
    expect(await answer.rest.next()).toEqual({ done: true, value: undefined });
  });
});

const tape = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 150, size: 'max' });
const numRuns = Number(process.env.FEDERATION_RUNS ?? 80);
const settings = { numRuns, seed: Number(process.env.FEDERATION_SEED ?? 1), endOnFailure: true };

/** Defers every fragment that the numbers say. */
function deferring(source: string, numbers: readonly number[]): string {
  let position = 0;
  const mark = <Node extends { readonly directives?: readonly DirectiveNode[] | undefined }>(
    node: Node,
  ): Node | undefined => {
    position += 1;
    if ((numbers[position % numbers.length] ?? 0) % 3 === 0) return undefined;
    const defer: DirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' } };
    return { ...node, directives: [...(node.directives ?? []), defer] };
  };
  return print(visit(parse(source), { InlineFragment: { leave: mark }, FragmentSpread: { leave: mark } }));
}

describe('all parts together', () => {
  it('are the answer in one piece, for any operation', async () => {
    const gateway = createShopGateway();
    let deferred = 0;
    await fc.assert(
      fc.asyncProperty(tape, async (numbers) => {
        const { source, variables } = randomOperation(monolith, numbers);
        const later = deferring(source, numbers);
        const whole = await gateway.ask(source, variables);
        const merged = await mergeParts(
          await gateway.executor.executeIncrementally({ source: later, variables, scope }),
        );
        deferred += merged.payloads.length;
        if (merged.hasNullPart) expect(whole.errors, later).toBeDefined();
        else if (!saysTheSame(merged.data, whole))
          expect({ later, data: sorted(merged.data) }).toEqual({ later, data: sorted(whole.data) });
        if (merged.payloads.length > 0)
          expect(merged.payloads.map(({ hasNext }) => hasNext).indexOf(false)).toBe(merged.payloads.length - 1);
      }),
      settings,
    );
    expect(deferred).toBeGreaterThan(0);
  }, 240_000);

  it('are the answer in one piece, however the graph is cut', async () => {
    const cut = fc.array(fc.nat({ max: 10_000 }), { minLength: 220, maxLength: 260, size: 'max' });
    await fc.assert(
      fc.asyncProperty(cut, fc.array(tape, { minLength: 8, maxLength: 8 }), async (numbers, operations) => {
        const graph = randomSupergraph(numbers);
        fc.pre(graph !== null);
        const transports = [...graph.subgraphs].map(([name, schema]) => [name, createSchemaTransport(schema)] as const);
        const executor = createExecutor({ supergraphSdl: graph.supergraphSdl, transports: new Map(transports) });
        for (const one of operations) {
          const { source, variables } = randomOperation(executor.schema, one);
          const later = deferring(source, one);
          const whole = await executor.execute({ source, variables, scope });
          const merged = await mergeParts(await executor.executeIncrementally({ source: later, variables, scope }));
          if (merged.hasNullPart) expect(whole.errors, later).toBeDefined();
          else if (!saysTheSame(merged.data, whole))
            expect({ later, data: sorted(merged.data) }).toEqual({ later, data: sorted(whole.data) });
        }
      }),
      { ...settings, numRuns: Math.ceil(numRuns / 16) },
    );
  }, 240_000);
});
