import type { GraphQLSchema } from 'graphql';
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { pageSizeSchema } from './datasets/dataset.ts';
import { type Column, columnsOf } from './export/columns.ts';
import { formatNames } from './export/formats.ts';
import { loadOperations } from './operation-files.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import { createInputReader, type InputReader } from './read-input.ts';
import type { RestOperation } from './rest-operation.ts';
import type { DatasetRoute, OperationRoute, OwnRoute, PlannedRoute, Route, UploadRoute, UploadStep } from './route.ts';
import { allRoutes } from './routes/all-routes.ts';
import { shapeAt } from './shape.ts';

/** A route with everything that was worked out for it. */
export type Endpoint =
  | OperationEndpoint
  | DatasetEndpoint
  | UploadEndpoint
  | { readonly route: PlannedRoute }
  | { readonly route: OwnRoute };

export interface OperationEndpoint {
  readonly route: OperationRoute;
  readonly operation: RestOperation;
  readonly parameters: readonly Parameter[];
  readonly read: InputReader;
  /** Reads cursors only, for numbered pages. */
  readonly skip: RestOperation | null;
}

export interface DatasetEndpoint {
  readonly route: DatasetRoute;
  readonly operation: RestOperation;
  readonly parameters: readonly Parameter[];
  readonly read: InputReader;
  readonly columns: readonly Column[];
}

export interface UploadEndpoint {
  readonly route: UploadRoute;
  readonly steps: Readonly<Record<UploadStep, RestOperation>>;
  readonly parameters: readonly Parameter[];
  readonly read: InputReader;
}

export interface Catalogue {
  readonly endpoints: readonly Endpoint[];
  /** Operations that other answers are made of. */
  readonly operations: ReadonlyMap<string, RestOperation>;
}

/** Puts routes and operation files together. Throws one sentence when a file, a path or a parameter does not fit. */
export function createCatalogue(schema: GraphQLSchema, routes: readonly Route[] = allRoutes): Catalogue {
  const operations = loadOperations(schema);
  const find = (name: string, route: Route): RestOperation => {
    const operation = operations.get(name);
    if (operation === undefined) throw new Error(`${label(route)} needs operations/${name}.graphql, which is missing`);
    return operation;
  };
  return { operations, endpoints: routes.map((route) => endpointOf(route, find)) };
}

function endpointOf(route: Route, find: (name: string, route: Route) => RestOperation): Endpoint {
  if (route.kind === 'operation') return operationEndpoint(route, find);
  if (route.kind === 'dataset') return datasetEndpoint(route, find(route.dataset.operation, route));
  if (route.kind === 'upload') {
    const { start, state, commit, discard } = route.steps;
    const steps = {
      ...{ start: find(start, route), state: find(state, route) },
      ...{ commit: find(commit, route), discard: find(discard, route) },
    };
    return { route, steps, parameters: uploadParameters, read: createInputReader(uploadParameters) };
  }
  return route.kind === 'own' ? { route } : { route };
}

function operationEndpoint(
  route: OperationRoute,
  find: (name: string, route: Route) => RestOperation,
): OperationEndpoint {
  const operation = find(route.operation, route);
  const { paging, one } = route;
  const paths = [...pathsOf(route.answer), ...(one === undefined ? [] : [one])];
  for (const path of paths) mustAnswer(route, operation, path);
  const parameters = parametersOf({ ...route, isPaged: paging !== undefined }, operation);
  return {
    route,
    operation,
    parameters,
    read: createInputReader(parameters),
    skip: paging === undefined ? null : find(paging.skip, route),
  };
}

function datasetEndpoint(route: DatasetRoute, operation: RestOperation): DatasetEndpoint {
  const { rows, connection } = route.dataset;
  mustAnswer(route, operation, rows);
  if (route.dataset.one !== undefined) mustAnswer(route, operation, route.dataset.one);
  if (connection !== null) {
    for (const name of ['pageInfo.hasNextPage', 'pageInfo.endCursor'])
      mustAnswer(route, operation, `${connection}.${name}`);
  }
  const rules = connection === null ? {} : { limit: pageSizeSchema };
  const parameters = [
    ...parametersOf({ method: 'GET', path: route.path, rules, isPaged: false }, operation),
    ...fileParameters,
  ];
  const row = shapeAt(operation.shape, rows)?.item;
  if (!row) throw new Error(`${label(route)}: ${rows} is no list`);
  return { route, operation, parameters, read: createInputReader(parameters), columns: columnsOf(row) };
}

const uploadParameters: readonly Parameter[] = [
  {
    ...{ name: 'companyId', place: 'query', schema: z.uuid(), isRequired: false, isList: false },
    description: 'The company; who reaches one only need not say it.',
    defaultValue: undefined,
  },
  {
    ...{ name: 'siteId', place: 'query', schema: z.uuid(), isRequired: false, isList: false },
    description: 'The site, where the file does not say it.',
    defaultValue: undefined,
  },
  {
    ...{ name: 'skipRefused', place: 'query', schema: z.boolean(), isRequired: false, isList: false },
    description: 'Writes the rows that are good and leaves refused ones out.',
    defaultValue: false,
    fromText: (text) => (text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text),
  },
];

const fileParameters: readonly Parameter[] = [
  {
    name: 'format',
    place: 'query',
    schema: z.enum(Object.keys(formatNames)),
    isRequired: false,
    isList: false,
    description: 'json (a page), csv or xlsx (all rows as a file). Without it, `Accept` decides.',
    defaultValue: undefined,
  },
  {
    name: 'bom',
    place: 'query',
    schema: z.boolean(),
    isRequired: false,
    isList: false,
    description: 'Whether a CSV begins with a byte order mark, without which Excel misreads accents.',
    defaultValue: true,
    fromText: (text) => (text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text),
  },
];

function mustAnswer(route: Route, operation: RestOperation, path: string): void {
  if (shapeAt(operation.shape, path) === undefined) {
    throw new Error(`${label(route)} answers ${path}, which ${operation.name}.graphql does not select`);
  }
}

function pathsOf(answer: Answer | undefined): string[] {
  if (answer?.kind === 'at') return [answer.path];
  return answer?.kind === 'object' ? Object.values(answer.fields).flatMap(pathsOf) : [];
}

function label({ method, path }: Route): string {
  return `The REST route ${method} ${path}`;
}
