import type { JsonSchema } from './json-schema.ts';

const texts: Readonly<Record<string, string>> = {
  date: '2026-11-20',
  'date-time': '2026-11-20T14:05:00.000Z',
  decimal: '12480.60',
};

/** A value that fits a schema, for the reference: what an answer looks like, not what anybody's data is. */
export function sampleOf(schema: JsonSchema, name = ''): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.example !== undefined) return schema.example;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (Array.isArray(schema.anyOf)) return sampleOf(schema.anyOf[0] as JsonSchema, name);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>).map(
          ([key, field]) => [key, sampleOf(field, key)] as const,
        ),
      );
    case 'array':
      return [sampleOf((schema.items ?? {}) as JsonSchema, name)];
    case 'integer':
      return typeof schema.minimum === 'number' && schema.minimum > 1 ? schema.minimum : 1;
    case 'number':
      return 31.2;
    case 'boolean':
      return true;
    case 'string':
      return texts[String(schema.format)] ?? (name === 'id' ? '0190a1b2-0000-7000-8000-000000000001' : 'text');
    default:
      return null;
  }
}
