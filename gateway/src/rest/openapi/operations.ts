import type { DatasetEndpoint, Endpoint, OperationEndpoint } from '../catalogue.ts';
import { mediaTypes } from '../export/formats.ts';
import type { Parameter } from '../parameters.ts';
import { failureStatuses } from '../route.ts';
import { shapeAt } from '../shape.ts';
import { type JsonSchema, objectSchema, oneLine, schemaOfAnswer, schemaOfShape, schemaOfZod } from './json-schema.ts';
import { sampleOf } from './sample.ts';

/** Keeps a schema under a name of its own and answers the reference to it. */
export type Define = (name: string, schema: JsonSchema) => JsonSchema;

/** One operation of the document: what is sent, what may come back. */
export function openApiOperation(endpoint: Endpoint, define: Define): JsonSchema {
  const { route } = endpoint;
  const parameters = 'parameters' in endpoint ? endpoint.parameters : [];
  const inUrl = parameters.filter(({ place }) => place !== 'body');
  const inBody = parameters.filter(({ place }) => place === 'body');
  const isPlanned = route.kind === 'planned';
  return {
    operationId: operationIdOf(endpoint),
    tags: [route.tag],
    summary: isPlanned ? `${route.summary} (not offered yet)` : route.summary,
    ...(isPlanned ? { description: route.sentence.en, 'x-not-offered': true } : {}),
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(route.isPublic === true || isPlanned ? { security: [] } : {}),
    ...(inUrl.length === 0 && !isPlanned
      ? {}
      : { parameters: isPlanned ? plannedParameters(route.path) : inUrl.map(urlParameter) }),
    ...(inBody.length === 0 ? {} : { requestBody: requestBody(endpoint, inBody) }),
    ...(route.kind === 'upload' ? { requestBody: fileBody } : {}),
    responses: responsesOf(endpoint, parameters, define),
  };
}

function operationIdOf({ route }: Endpoint): string {
  const words = route.path
    .replaceAll(/[{}]/g, '')
    .split(/[/_.-]/)
    .filter((word) => word !== '' && word !== 'api');
  return [route.method.toLowerCase(), ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}

function urlParameter({ name, place, schema, isRequired, isList, description, defaultValue }: Parameter): JsonSchema {
  const shown = schemaOfZod(schema);
  return {
    name,
    in: place,
    required: isRequired,
    ...(description === null ? {} : { description: oneLine(description) }),
    ...(isList ? { style: 'form', explode: false } : {}),
    schema: defaultValue === undefined ? shown : { ...shown, default: defaultValue },
  };
}

function plannedParameters(path: string): JsonSchema[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

const fileBody: JsonSchema = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['file'],
        properties: {
          file: {
            type: 'string',
            contentMediaType: 'application/octet-stream',
            description: 'A .xlsx or .xls of 10 MB at most.',
          },
        },
      },
    },
  },
};

function requestBody({ route }: Endpoint, parameters: readonly Parameter[]): JsonSchema {
  const whole = parameters.find(({ isWhole }) => isWhole === true);
  if (whole !== undefined) return wholeBody(route, whole);
  const fields = parameters.map(({ name, schema, isRequired, description, defaultValue }): [string, JsonSchema] => [
    name,
    {
      ...(description === null ? {} : { description: oneLine(description) }),
      ...schemaOfZod(isRequired ? schema : schema.nullable()),
      ...(defaultValue === undefined ? {} : { default: defaultValue }),
    },
  ]);
  const required = parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const schema = { type: 'object', additionalProperties: false, required, properties: Object.fromEntries(fields) };
  const example = route.kind === 'operation' ? route.example : undefined;
  return {
    required: required.length > 0,
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  };
}

function wholeBody(route: Endpoint['route'], { schema, description }: Parameter): JsonSchema {
  const example = route.kind === 'operation' ? route.example : undefined;
  const shown = { ...(description === null ? {} : { description: oneLine(description) }), ...schemaOfZod(schema) };
  return {
    required: true,
    content: { 'application/json': { schema: shown, ...(example === undefined ? {} : { example }) } },
  };
}

function responsesOf(endpoint: Endpoint, parameters: readonly Parameter[], define: Define): JsonSchema {
  const { route } = endpoint;
  if (route.kind === 'planned') return { 501: problem(route.sentence.en) };
  const refusals: Record<string, JsonSchema> = {
    ...(route.isPublic === true ? {} : { 401: reference('Unauthenticated'), 403: reference('Forbidden') }),
    ...(parameters.length === 0 ? {} : { 422: reference('ValidationFailed') }),
    429: reference('RateLimited'),
    default: reference('Problem'),
  };
  if (route.kind === 'own') {
    const shown = define(schemaName(endpoint), schemaOfZod(route.schema));
    return { 200: json(shown, schemaOfZod(route.schema)), default: reference('Problem') };
  }
  if (route.kind === 'upload') {
    const shown = define(schemaName(endpoint), schemaOfZod(route.schema));
    return {
      200: json(shown, schemaOfZod(route.schema)),
      202: { ...json(shown, schemaOfZod(route.schema)), description: 'Taken, and still under way' },
      400: problem('No .xlsx or .xls file'),
      409: problem('The data changed meanwhile; nothing was written'),
      413: problem('Larger than 10 MB'),
      415: problem('Not sent as multipart/form-data'),
      ...refusals,
    };
  }
  if ('columns' in endpoint) {
    return {
      200: tableAnswer(endpoint, define),
      304: { description: 'Unchanged since the ETag' },
      ...refusals,
      406: reference('NotAcceptable'),
    };
  }
  return 'operation' in endpoint ? { ...successOf(endpoint, define), ...failuresOf(endpoint), ...refusals } : refusals;
}

function successOf(endpoint: OperationEndpoint, define: Define): JsonSchema {
  const { route, operation } = endpoint;
  const { answer } = route;
  if (answer === undefined) return { 204: { description: 'Done' } };
  const schema = schemaOfAnswer(answer, operation.shape);
  return { [route.status ?? 200]: json(define(schemaName(endpoint), schema), schema) };
}

/** What the graph says may go wrong, type by type. */
function failuresOf({ route, operation }: OperationEndpoint): Record<string, JsonSchema> {
  const types = [...(operation.shape.fields?.values() ?? [])].flatMap(({ failures }) => failures);
  const byStatus = Map.groupBy(types, (type) => route.failures?.[type] ?? failureStatuses[type] ?? 409);
  const named = [...byStatus].map(([status, names]) => [String(status), problem(names.join(', '))] as const);
  return {
    ...Object.fromEntries(named),
    ...(route.one === undefined ? {} : { 404: problem('Not there, or not for you') }),
  };
}

function tableAnswer({ route, operation, columns }: DatasetEndpoint, define: Define): JsonSchema {
  const rows = shapeAt(operation.shape, route.dataset.rows)?.item;
  const page = objectSchema(
    new Map<string, JsonSchema>([
      ['data', { type: 'array', items: rows ? schemaOfShape({ ...rows, isNullable: false }) : {} }],
      [
        'next',
        { description: 'The cursor of the next page, for `after`; null on the last.', type: ['string', 'null'] },
      ],
      ['total', { description: 'Rows in the whole filtered table.', type: ['integer', 'null'] }],
    ]),
  );
  const header = columns.map(({ name }) => name).join(',');
  return {
    description: 'A page as JSON, or all rows as a file',
    headers: {
      Link: { description: 'The next page, as rel="next" (RFC 8288).', schema: { type: 'string' } },
      ETag: { description: 'Of a JSON page, for If-None-Match.', schema: { type: 'string' } },
    },
    content: {
      'application/json': { schema: define(`${pascal(operation.name)}Page`, page), example: sampleOf(page) },
      [mediaTypes.csv]: { schema: { type: 'string' }, example: `${header}\r\n` },
      [mediaTypes.xlsx]: { schema: { type: 'string', contentMediaType: mediaTypes.xlsx } },
    },
  };
}

function json(shown: JsonSchema, schema: JsonSchema): JsonSchema {
  return { description: 'As asked', content: { 'application/json': { schema: shown, example: sampleOf(schema) } } };
}

function problem(description: string): JsonSchema {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}

function schemaName(endpoint: Endpoint): string {
  return `${pascal(operationIdOf(endpoint))}Answer`;
}

function pascal(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function reference(name: string): JsonSchema {
  return { $ref: `#/components/responses/${name}` };
}
