import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RestAnswer, RestClient } from './rest-client.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Reference {
  /** What is wrong with an answer by the published reference; null when it is as it says. */
  faultOf(method: string, path: string, answer: RestAnswer): string | null;
}

/** The published OpenAPI document, for holding answers against it. */
export async function readReference(client: RestClient): Promise<Reference> {
  const { body } = await client('/api/openapi.json');
  // Formats are words for people here; their texts are checked where they matter.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ ...body, $id: 'reference' });
  const pointer = (...names: string[]) =>
    names.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  return {
    faultOf(method, path, { status, headers, body: answer }) {
      const paths = body.paths as Record<string, Record<string, { responses: Record<string, Json> }>>;
      const responses = paths[path]?.[method.toLowerCase()]?.responses ?? {};
      const key = String(status) in responses ? String(status) : 'default';
      const [type = ''] = (headers.get('content-type') ?? '').split(';');
      const { $ref } = responses[key] ?? {};
      const place =
        typeof $ref === 'string'
          ? `${$ref.slice(2)}/${pointer('content', type, 'schema')}`
          : pointer('paths', path, method.toLowerCase(), 'responses', key, 'content', type, 'schema');
      const validate = ajv.getSchema(`reference#/${place}`);
      if (validate === undefined)
        return `${method} ${path} answers ${status} ${type}, which the reference does not know`;
      return validate(answer) === true ? null : `${method} ${path}: ${ajv.errorsText(validate.errors)}`;
    },
  };
}
