import type { z } from 'zod';

/** How an answer's body is made from what the operation answered. */
export type Answer =
  | { readonly kind: 'at'; readonly path: string; readonly except: readonly string[] }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Answer>> }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'computed'; readonly schema: z.ZodType; readonly from: (facts: AnswerFacts) => unknown };

export interface AnswerFacts {
  readonly data: Readonly<Record<string, unknown>>;
  /** The request's parameters, checked, with defaults. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly now: Date;
}

/**
 * What stands at a path of response names, without the fields named in `except`; a path through a list answers the list
 * of what is behind it.
 */
export function at(path: string, { except = [] }: { readonly except?: readonly string[] } = {}): Answer {
  return { kind: 'at', path, except };
}

export function object(fields: Readonly<Record<string, Answer>>): Answer {
  return { kind: 'object', fields };
}

export function constant(value: string | number | boolean): Answer {
  return { kind: 'constant', value };
}

/** For the few shapes that no path reaches; the schema describes them in the reference. */
export function computed<Schema extends z.ZodType>(
  schema: Schema,
  from: (facts: AnswerFacts) => z.input<Schema>,
): Answer {
  return { kind: 'computed', schema, from };
}

/** Makes the body. */
export function answerFrom(answer: Answer, facts: AnswerFacts): unknown {
  switch (answer.kind) {
    case 'at':
      return without(answer.except, withoutTypeNames(valueAt(facts.data, answer.path)));
    case 'constant':
      return answer.value;
    case 'computed':
      return answer.from(facts);
    case 'object':
      return Object.fromEntries(
        Object.entries(answer.fields).map(([name, field]) => [name, answerFrom(field, facts)] as const),
      );
  }
}

/** What stands at a path; undefined or null where it breaks off. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce(step, value);
}

function without(names: readonly string[], value: unknown): unknown {
  if (names.length === 0 || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

function step(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.flatMap((item) => step(item, name) ?? []);
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
}

/** `__typename` is there to tell failures apart, and is nobody's business outside. */
function withoutTypeNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypeNames);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) =>
      name === '__typename' ? [] : [[name, withoutTypeNames(field)] as const],
    ),
  );
}
