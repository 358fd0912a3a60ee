import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { z } from 'zod';

const longestText = 10_000;
const mostItems = 200;

/** What a variable of a type accepts as JSON. Whether it may be left out is its parameter's matter. */
export function variableSchema(type: GraphQLInputType): z.ZodType {
  if (isNonNullType(type)) return variableSchema(type.ofType);
  if (isListType(type)) return z.array(variableSchema(type.ofType)).max(mostItems);
  if (isEnumType(type)) return z.enum(type.getValues().map(({ name }) => name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => {
      const schema = variableSchema(field.type);
      return [field.name, isNonNullType(field.type) ? schema : schema.nullish()] as const;
    });
    return z.strictObject(Object.fromEntries(fields));
  }
  return scalars[type.name] ?? z.unknown();
}

/**
 * Text of a query string or path as the JSON that a type takes: `20` as a number where one is meant, lists as repeated
 * parameters or with commas. Text that does not fit stays text, so that the schema refuses it by name.
 */
export function valueFromText(type: GraphQLInputType, text: string | readonly string[]): unknown {
  if (isNonNullType(type)) return valueFromText(type.ofType, text);
  if (isListType(type)) {
    const texts = (typeof text === 'string' ? [text] : text).flatMap((one) => one.split(','));
    return texts
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => valueFromText(type.ofType, one));
  }
  // Given twice where one is asked for: the schema refuses the list.
  if (typeof text !== 'string') return text;
  const name = 'name' in type ? type.name : '';
  if ((name === 'Int' || name === 'Float') && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (name === 'Boolean') return booleans.get(text) ?? text;
  return text;
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);

const decimalText = /^-?\d{1,30}(?:\.\d{1,18})?$/;

const scalars: Readonly<Record<string, z.ZodType>> = {
  ID: z.string().min(1).max(200),
  String: z.string().max(longestText),
  Int: z.int32(),
  Float: z.number(),
  Boolean: z.boolean(),
  Date: z.iso.date(),
  DateTime: z.iso.datetime({ offset: true }),
  // Numbers are taken too, because that is what clients have; answers are text, so that no digit is lost.
  Decimal: z.union([z.string().regex(decimalText), z.number()]).transform(String),
};
