import { type DocumentNode, Kind, parse, type TypeNode } from 'graphql';

/** Who may be given what somebody else's question has brought. */
export type CacheScope = 'RIGHTS' | 'PUBLIC';

/** `@cacheControl` as it stands in the supergraph; what it means is written in `shared/schema/cache-control.ts`. */
export interface Declaration {
  readonly maxAgeMs: number;
  readonly scope: CacheScope;
}

export interface KeptType extends Declaration {
  /** Only this subgraph's fields of the type are kept. */
  readonly subgraph: string;
  /** Events of it say which entities have changed. */
  readonly topic: string;
}

/** What a supergraph says may be kept. */
export interface Declarations {
  readonly types: ReadonlyMap<string, KeptType>;
  /** Fields of `Query`. */
  readonly queries: ReadonlyMap<string, Declaration>;
  /** Fields of `Mutation` that change nothing of what is kept. */
  readonly sparing: ReadonlySet<string>;
  /** The name of what a field answers, whatever lists and non-nulls lie around it; null when there is no such field. */
  typeOf(typeName: string, fieldName: string): string | null;
}

/** Reads what may be kept. A declaration that is not understood counts as none. */
export function readDeclarations(supergraphSdl: string): Declarations {
  const fields = new Map<string, ReadonlyMap<string, string>>();
  const types = new Map<string, KeptType>();
  const queries = new Map<string, Declaration>();
  const sparing = new Set<string>();
  const isDeclaring = supergraphSdl.includes('@cacheControl(');
  const document: DocumentNode | null = isDeclaring ? parse(supergraphSdl, { noLocation: true }) : null;
  for (const definition of document?.definitions ?? []) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const typeName = definition.name.value;
    fields.set(typeName, new Map(definition.fields?.map(({ name, type }) => [name.value, namedType(type)])));
    const { declaration, topic } = declared(definition.directives);
    const [subgraph] = topic?.split('.') ?? [];
    if (declaration !== null && topic !== null && subgraph !== undefined) {
      types.set(typeName, { ...declaration, subgraph, topic });
    }
    for (const field of definition.fields ?? []) {
      if (typeName === 'Mutation' && field.directives?.some(({ name }) => name.value === 'sparesCache'))
        sparing.add(field.name.value);
      if (typeName !== 'Query') continue;
      const { declaration: own } = declared(field.directives);
      if (own !== null) queries.set(field.name.value, own);
    }
  }
  return { types, queries, sparing, typeOf: (typeName, fieldName) => fields.get(typeName)?.get(fieldName) ?? null };
}

interface Directive {
  readonly name: { readonly value: string };
  readonly arguments?: readonly { readonly name: { readonly value: string }; readonly value: object }[];
}

function declared(directives: readonly Directive[] = []): {
  readonly declaration: Declaration | null;
  readonly topic: string | null;
} {
  const directive = directives.find(({ name }) => name.value === 'cacheControl');
  const given = (name: string): unknown => {
    const value = directive?.arguments?.find((argument) => argument.name.value === name)?.value;
    return value !== undefined && 'value' in value ? value.value : undefined;
  };
  const seconds = Number(given('maxAge'));
  const scope = given('scope');
  const topic = given('topic');
  const isUnderstood = seconds > 0 && (scope === 'RIGHTS' || scope === 'PUBLIC');
  return {
    declaration: isUnderstood ? { maxAgeMs: seconds * 1_000, scope } : null,
    topic: typeof topic === 'string' ? topic : null,
  };
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
