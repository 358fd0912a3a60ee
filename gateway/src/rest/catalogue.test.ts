import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApolloPlanner } from '../plan/apollo-planner.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { createOpenApi } from './openapi/document.ts';
import { readOperation } from './rest-operation.ts';
import type { Route } from './route.ts';

let schema: GraphQLSchema;
let catalogue: Catalogue;

beforeAll(() => {
  const supergraph = readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8');
  schema = createApolloPlanner(supergraph).schema;
  catalogue = createCatalogue(schema);
});

describe('the table of routes', () => {
  it('fits the composed graph, and leaves no operation file without a use', () => {
    const used = new Set(
      catalogue.endpoints.flatMap((endpoint) => {
        if ('steps' in endpoint) return Object.values(endpoint.steps).map(({ name }) => name);
        if (!('operation' in endpoint)) return [];
        return [endpoint.operation.name, ...('skip' in endpoint && endpoint.skip ? [endpoint.skip.name] : [])];
      }),
    );
    expect([...catalogue.operations.keys()].filter((name) => !used.has(name))).toEqual([]);
  });

  it('names every address once', () => {
    const keys = catalogue.endpoints.map(({ route }) => `${route.method} ${route.path}`);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it('shows examples that its own checks accept', () => {
    for (const endpoint of catalogue.endpoints) {
      if (endpoint.route.kind !== 'operation' || !('read' in endpoint)) continue;
      const { example, path } = endpoint.route;
      const needsBody = endpoint.parameters.some(({ place, isRequired }) => place === 'body' && isRequired);
      expect(example !== undefined || !needsBody, path).toBe(true);
      if (example === undefined) continue;
      const inPath = Object.fromEntries(
        endpoint.parameters.filter(({ place }) => place === 'path').map(({ name }) => [name, 'some-id']),
      );
      expect(() => endpoint.read({ path: inPath, query: {}, body: example }), path).not.toThrow();
    }
  });
});

describe('an operation file that does not fit', () => {
  const fails = (source: string) => () => readOperation('torn', source, schema);

  it('stops the start with one sentence that names it and what is wrong', () => {
    expect(fails('{ nothing }')).toThrow(
      'The REST operation torn.graphql does not fit the graph: Cannot query field "nothing" on type "Query".',
    );
    expect(fails('query {')).toThrow(/^The REST operation torn\.graphql does not fit the graph: Syntax Error/);
    expect(fails('subscription { productionChanged { kind } }')).toThrow('exactly one query or mutation');
    expect(fails('query A { me { id } } query B { me { id } }')).toThrow(/torn\.graphql/);
  });

  it('must ask for the type where a failure may stand', () => {
    expect(
      fails('mutation Torn($id: ID!) { deleteProduct(input: { id: $id }) { ... on Failure { message } } }'),
    ).toThrow('deleteProduct can fail, so its __typename must be selected');
  });

  it('is noticed when the graph loses a field that a file asks for', () => {
    expect(() => createCatalogue(buildSchema('type Query { me: String }'))).toThrow(
      /^The REST operation \S+\.graphql does not fit the graph: /,
    );
  });

  it('is noticed when a route answers what its operation does not select', () => {
    const route: Route = {
      kind: 'operation',
      method: 'GET',
      path: '/api/x',
      tag: 'x',
      summary: 'x',
      operation: 'me',
      one: 'me.shoeSize',
    };
    expect(() => createCatalogue(schema, [route])).toThrow(
      'The REST route GET /api/x answers me.shoeSize, which me.graphql does not select',
    );
    expect(() => createCatalogue(schema, [{ ...route, one: 'me', path: '/api/x/{id}' }])).toThrow('speaks of $id');
    expect(() => createCatalogue(schema, [{ ...route, operation: 'not-there' }])).toThrow('not-there.graphql');
  });
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(createOpenApi(catalogue, '0.1.0')));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('lists every route, those that are not offered yet as such', () => {
    const { paths } = createOpenApi(catalogue, '0.1.0') as { paths: Record<string, Record<string, object>> };
    for (const { route } of catalogue.endpoints) {
      const shown = paths[route.path]?.[route.method.toLowerCase()];
      expect(shown, route.path).toMatchObject(
        route.kind === 'planned' ? { 'x-not-offered': true, responses: { 501: {} } } : { summary: route.summary },
      );
    }
  });

  it('gives no two operations one name', () => {
    const { paths } = createOpenApi(catalogue, '0.1.0') as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(ids).toEqual([...new Set(ids)]);
  });
});
