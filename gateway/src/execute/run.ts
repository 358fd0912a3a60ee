import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { GraphQLError } from 'graphql';
import type { KnownEntities } from './entity-fetch.ts';
import type { JsonObject } from './json-object.ts';

export type ResponsePath = readonly (string | number)[];

const maxDenials = 100;

/** One execution of one operation: what it was given, what has been fetched so far, and what went wrong. */
export class Run {
  readonly scope: RequestScope;
  /** As the client sent them, checked against the operation. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Answers of `__schema` and `__type`, by response name. */
  readonly introspection: Readonly<Record<string, unknown>>;
  /** Everything fetched, under plan names. */
  data: JsonObject = {};
  readonly errors: GraphQLError[] = [];
  /** Entities that several fetches of the plan ask the same about, as the first of them has found them. */
  readonly known: Map<string, KnownEntities> = new Map();
  /** Entities that a subgraph answered null for: they are gone, or out of the viewer's reach. */
  readonly absent: WeakSet<object> = new WeakSet();
  /** Where the projection is; valid up to the depth that it passes. */
  readonly path: (string | number)[] = [];
  #denials = 0;

  constructor(
    scope: RequestScope,
    variables: Readonly<Record<string, unknown>>,
    introspection: Readonly<Record<string, unknown>>,
  ) {
    this.scope = scope;
    this.variables = variables;
    this.introspection = introspection;
  }

  /** An empty path is that of the whole answer: then the error has none. */
  addError(message: string, path: ResponsePath, extensions: Readonly<Record<string, unknown>>): void {
    this.errors.push(new GraphQLError(message, { path: path.length === 0 ? null : path, extensions }));
  }

  /** A value that its type does not allow; stands as null. */
  invalid(depth: number, what: string): null {
    this.addError(`A subgraph sent an invalid value for ${what}`, this.path.slice(0, depth), { code: 'INTERNAL' });
    return null;
  }

  /** A field that the viewer may not see; stands as null. A long list says so of its first objects only. */
  denied(depth: number, what: string): null {
    this.#denials += 1;
    if (this.#denials > maxDenials) return null;
    const isAnonymous = this.scope.viewer.kind === 'anonymous';
    this.addError(`Not allowed to see ${what}`, this.path.slice(0, depth), {
      code: isAnonymous ? 'UNAUTHENTICATED' : 'FORBIDDEN',
      reason: 'UNAUTHORIZED_FIELD_OR_TYPE',
    });
    return null;
  }

  /**
   * Null where the type forbids it; the parent becomes null. Says so unless an error has already said why, or the parent
   * is an entity that is not there: a reference to it is null, and nobody's fault.
   */
  violated(depth: number, what: string, parent: object): null {
    if (this.absent.has(parent)) return null;
    const path = this.path.slice(0, depth);
    if (!this.errors.some((error) => error.path === undefined || isOnOneLine(error.path, path))) {
      this.addError(`Cannot return null for non-nullable ${what}`, path, { code: 'INTERNAL' });
    }
    return null;
  }
}

/** Whether one path leads through the other. */
function isOnOneLine(a: ResponsePath, b: ResponsePath): boolean {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}
