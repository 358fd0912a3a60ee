import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { z } from 'zod';

/** A breaking change that somebody takes responsibility for. */
export const acknowledgementSchema = z.strictObject({
  /** Where, as the check names it: `Query.oldField`. */
  path: z.string().min(1),
  /** Why it may break, for who has to explain it to a partner. */
  reason: z.string().min(20),
});
export type Acknowledgement = z.output<typeof acknowledgementSchema>;

export interface SchemaCheck {
  /** What a client of the last release could trip over, and nobody has answered for. */
  readonly breaking: readonly string[];
  /** Acknowledgements of what is not breaking (any more): they would hide the next break at the same place. */
  readonly idle: readonly string[];
  /** Deprecations that do not say what to use, or until when they stay. */
  readonly unclear: readonly string[];
  /** Everything a client may want to know, for the changelog. */
  readonly changes: readonly string[];
}

const removal = /Removed after (\d{4}-\d{2}-\d{2})\.?$/;

/**
 * Holds a schema against the last one that was released. A field that was deprecated in the release with a day that
 * has passed may go without another word; everything else that breaks a client has to be answered for.
 */
export async function checkSchema(
  released: GraphQLSchema,
  current: GraphQLSchema,
  { acknowledged, today }: { readonly acknowledged: readonly Acknowledgement[]; readonly today: string },
): Promise<SchemaCheck> {
  const found = (await diff(released, current)).map((change) => ({ ...change, path: change.path ?? '' }));
  // What is wholly new is news by its name; what it holds is in the reference.
  const whole = found.filter(({ type }) => type === 'TYPE_ADDED' || type === 'FIELD_ADDED');
  const isBreaking = ({ criticality }: Change) => criticality.level === CriticalityLevel.Breaking;
  const broken = found.filter(isBreaking).filter(({ path }) => !isDue(released, path, today));
  const answered = new Set(acknowledged.map(({ path }) => path));
  return {
    breaking: broken.filter(({ path }) => !answered.has(path)).map(({ path, message }) => `${path}: ${message}`),
    idle: [...answered].filter((path) => !broken.some((change) => change.path === path)),
    unclear: deprecationsOf(current).flatMap(({ path, reason }) =>
      removal.test(reason) && reason.replace(removal, '').trim().length > 0
        ? []
        : [`${path}: the reason must say what to use instead and end with "Removed after YYYY-MM-DD."`],
    ),
    changes: found
      .filter((change) => !change.type.includes('DESCRIPTION') && !isPartOf(change, whole))
      .map((change) => (isBreaking(change) ? `**Breaking:** ${change.message}` : change.message)),
  };
}

function isPartOf(change: Change, whole: readonly Change[]): boolean {
  return whole.some(
    (one) => one !== change && (change.path === one.path || change.path?.startsWith(`${one.path}.`) === true),
  );
}

/** Whether the release announced that this may be gone by now. */
function isDue(released: GraphQLSchema, path: string, today: string): boolean {
  return deprecationsOf(released).some(({ path: at, reason }) => {
    const [, day] = removal.exec(reason) ?? [];
    return (path === at || path.startsWith(`${at}.`)) && day !== undefined && day < today;
  });
}

function deprecationsOf(schema: GraphQLSchema): readonly { readonly path: string; readonly reason: string }[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => membersOf(type).map((member) => ({ type, member })))
    .flatMap(({ type, member: { name, deprecationReason } }) =>
      typeof deprecationReason === 'string' ? [{ path: `${type.name}.${name}`, reason: deprecationReason }] : [],
    );
}

function membersOf(type: GraphQLNamedType): readonly { readonly name: string; readonly deprecationReason?: unknown }[] {
  if (isEnumType(type)) return type.getValues();
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
}
