import type { Catalogue } from '../catalogue.ts';
import { problemSchema } from '../problem.ts';
import { type JsonSchema, schemaOfZod } from './json-schema.ts';
import { openApiOperation } from './operations.ts';

const tags: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'platform', description: 'Health, figures, this reference.' },
  { name: 'auth', description: 'Sessions of people. Programs use an API key instead.' },
  { name: 'data', description: 'Tables: pages of JSON, or everything as CSV or .xlsx.' },
  { name: 'inventory', description: 'Products and stock, in the words of the ERP.' },
  { name: 'sync', description: 'The copy of the ERP.' },
  { name: 'telemetry', description: 'Readings of devices that speak HTTP.' },
  { name: 'assistant', description: 'Questions in plain words.' },
  { name: 'predictions', description: 'Forecasts.' },
  { name: 'clinics', description: 'Appointments, in the words of the clinics’ programs.' },
];

const about = `Every address is one operation on the graph, run with the same rights, limits and request ids as GraphQL at \`/graphql\`.

Send \`Authorization: Bearer <token>\` or \`X-Api-Key: <key>\`. Refusals are \`application/problem+json\` with a stable
\`code\`; \`X-Request-Id\` comes back with every answer. Decimals are text, so that no digit is lost. What says "not offered
yet" answers 501.`;

/** The OpenAPI 3.1 document of the whole table. */
export function createOpenApi({ endpoints }: Catalogue, version: string): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  const schemas: Record<string, JsonSchema> = { Problem: schemaOfZod(problemSchema) };
  const define = (name: string, schema: JsonSchema): JsonSchema => {
    schemas[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  };
  for (const endpoint of endpoints) {
    const { path, method } = endpoint.route;
    paths[path] = { ...paths[path], [method.toLowerCase()]: openApiOperation(endpoint, define) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Cauce partner API', version, description: about },
    servers: [{ url: '/', description: 'The gateway that serves this document' }],
    security: [{ bearer: [] }, { apiKey: [] }],
    tags: [...tags],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An access token from /api/auth/login, or an API key.' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'An API key of a company.' },
      },
      schemas,
      responses: {
        Problem: problem('Any other refusal', 500, 'INTERNAL'),
        Unauthenticated: problem('No credential, or one that is not good', 401, 'UNAUTHENTICATED'),
        Forbidden: problem('Known, without the permission', 403, 'FORBIDDEN'),
        NotAcceptable: problem('A format that is not made here', 406, 'NOT_ACCEPTABLE'),
        ValidationFailed: {
          ...problem('Parameters that are wrong, each by name', 422, 'VALIDATION_FAILED', {
            errors: [{ field: 'limit', code: 'TOO_BIG', message: 'Too big: expected number to be <=200' }],
          }),
        },
        RateLimited: {
          ...problem('Too often', 429, 'RATE_LIMITED'),
          headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
        },
      },
    },
  };
}

function problem(description: string, status: number, code: string, more: JsonSchema = {}): JsonSchema {
  const example = {
    type: `urn:cauce:problem:${code}`,
    title: description,
    status,
    detail: description,
    instance: '/api/data/products',
    code,
    requestId: '0190a1b2-0000-7000-8000-00000000000a',
    ...more,
  };
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example } },
  };
}
