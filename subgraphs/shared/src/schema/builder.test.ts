import { execute, parse, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { anonymousViewer, systemViewer, type Viewer } from '../auth/viewer.ts';
import { Conflict, NotFound } from '../errors/outcomes.ts';
import { createBuilder } from './builder.ts';
import { addDateRangeInput } from './date-range.ts';
import { federationVersion } from './federation-version.ts';

interface Well {
  readonly id: string;
  readonly depth: string;
}

function wellSchema() {
  const builder = createBuilder<{ load(id: string): Promise<Well | null> }>();
  const dateRange = addDateRangeInput(builder);
  builder.queryType();
  builder.mutationType();
  const well = builder.objectRef<Well>('Well').implement({
    fields: (t) => ({ id: t.exposeID('id'), depth: t.expose('depth', { type: 'Decimal' }) }),
  });
  builder.asEntity(well, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services }) => services.load(id),
  });
  builder.queryField('well', (t) =>
    t.field({
      type: well,
      nullable: true,
      authScopes: { permission: 'telemetry:read' },
      args: { id: t.arg.id(), range: t.arg({ type: dateRange, required: false }) },
      resolve: (_root, { id }, { services }) => services.load(id),
    }),
  );
  builder.queryField('wells', (t) =>
    t.connection({
      type: well,
      authScopes: { permission: 'telemetry:read' },
      resolve: () => ({
        edges: [{ cursor: 'a', node: { id: '1', depth: '35.20' } }],
        pageInfo: { hasNextPage: false, hasPreviousPage: false },
        totalCount: async () => 1,
      }),
    }),
  );
  builder.mutationField('closeWell', (t) =>
    t.field({
      type: well,
      errors: { types: [NotFound, Conflict] },
      authScopes: { permission: 'telemetry:write' },
      args: { id: t.arg.id() },
      resolve: (_root, { id }) => {
        if (id === 'gone') throw new NotFound('Well');
        throw new Conflict('ALREADY_CLOSED', 'The well is closed already');
      },
    }),
  );
  return builder.toSubGraphSchema({ linkUrl: federationVersion });
}

const schema = wellSchema();
const ask = (source: string, viewer: Viewer = systemViewer('test', ['telemetry:read', 'telemetry:write'])) =>
  execute({
    schema,
    document: parse(source),
    contextValue: {
      viewer,
      requestId: 'r1',
      address: null,
      signal: new AbortController().signal,
      services: { load: async (id: string) => ({ id, depth: '12.5' }) },
    },
  });

describe('createBuilder', () => {
  it('answers fields non-null, decimals as text, and entities by reference', async () => {
    expect(printSchema(schema)).toContain('depth: Decimal!');
    const result = await ask(
      '{ _entities(representations: [{__typename: "Well", id: "7"}]) { ... on Well { id depth } } }',
    );
    expect(result).toMatchObject({ data: { _entities: [{ id: '7', depth: '12.5' }] } });
  });

  it('counts a connection only when it is asked to', async () => {
    const result = await ask(
      '{ wells(first: 1) { totalCount edges { cursor node { id } } pageInfo { hasNextPage } } }',
    );
    expect(result.errors).toBeUndefined();
    expect(result.data).toMatchObject({ wells: { totalCount: 1, edges: [{ node: { id: '1' } }] } });
  });

  it('answers expected failures as members of the result union', async () => {
    const result = await ask(
      'mutation { a: closeWell(id: "gone") { __typename ... on Failure { reason } } b: closeWell(id: "x") { __typename ... on Failure { reason } } }',
    );
    expect(result.data).toEqual({
      a: { __typename: 'NotFound', reason: 'NOT_FOUND' },
      b: { __typename: 'Conflict', reason: 'ALREADY_CLOSED' },
    });
  });

  it('refuses who has not signed in, and who lacks the permission, each with its code', async () => {
    const codes = async (viewer: Viewer) =>
      (await ask('{ well(id: "1") { id } }', viewer)).errors?.map((error) =>
        Reflect.get(error.originalError ?? {}, 'code'),
      );
    expect(await codes(anonymousViewer)).toEqual(['UNAUTHENTICATED']);
    expect(await codes(systemViewer('test'))).toEqual(['FORBIDDEN']);
  });
});
