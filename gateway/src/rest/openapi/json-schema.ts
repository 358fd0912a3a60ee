import { isEnumType } from 'graphql';
import { z } from 'zod';
import type { Answer } from '../answer.ts';
import { type Shape, shapeAt } from '../shape.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

const scalars: Readonly<Record<string, JsonSchema>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Int: { type: 'integer' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
  Date: { type: 'string', format: 'date' },
  DateTime: { type: 'string', format: 'date-time' },
  Decimal: { type: 'string', format: 'decimal', pattern: '^-?\\d+(\\.\\d+)?$' },
};

/** The schema of what an operation answers at one place, in the graph's own words. */
export function schemaOfShape(shape: Shape, except: readonly string[] = []): JsonSchema {
  return describe(nullable(bareSchema(shape, except), shape.isNullable), shape.description);
}

/** The schema of a route's answer. */
export function schemaOfAnswer(answer: Answer, shape: Shape): JsonSchema {
  switch (answer.kind) {
    case 'at': {
      const found = shapeAt(shape, answer.path);
      return found === undefined ? {} : { ...schemaOfShape({ ...found, isNullable: isLoose(found) }, answer.except) };
    }
    case 'constant':
      return { type: typeof answer.value, const: answer.value };
    case 'computed':
      return schemaOfZod(answer.schema);
    case 'object': {
      const fields = Object.entries(answer.fields).map(
        ([name, field]) => [name, schemaOfAnswer(field, shape)] as const,
      );
      return objectSchema(new Map(fields));
    }
  }
}

/** A zod schema as JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
export function schemaOfZod(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // What the format says already, and limits that are JavaScript's rather than ours.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return rest;
}

export function objectSchema(fields: ReadonlyMap<string, JsonSchema>): JsonSchema {
  return { type: 'object', required: [...fields.keys()], properties: Object.fromEntries(fields) };
}

function bareSchema(shape: Shape, except: readonly string[]): JsonSchema {
  if (shape.item !== null) return { type: 'array', items: schemaOfShape(shape.item) };
  if (shape.fields !== null) {
    const kept = [...shape.fields].filter(([name]) => !except.includes(name));
    return objectSchema(new Map(kept.map(([name, field]) => [name, schemaOfShape(field)])));
  }
  const { leaf } = shape;
  if (isEnumType(leaf)) return { type: 'string', enum: leaf.getValues().map(({ name }) => name) };
  return scalars[leaf?.name ?? ''] ?? {};
}

function nullable(schema: JsonSchema, isNullable: boolean): JsonSchema {
  if (!isNullable || schema.type === undefined) return schema;
  const { enum: values } = schema;
  return { ...schema, type: [schema.type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) };
}

function describe(schema: JsonSchema, description: string | null): JsonSchema {
  return description === null ? schema : { description: oneLine(description), ...schema };
}

/** At the place an answer takes, null has been answered 404 or as a failure; inside a leaf it stays possible. */
function isLoose({ isNullable, leaf }: Shape): boolean {
  return isNullable && leaf !== null;
}

/** Descriptions break their lines for the schema's readers, not for these. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}
