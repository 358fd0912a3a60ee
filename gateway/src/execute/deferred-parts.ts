import { type GraphQLCompositeType, type GraphQLSchema, getNamedType, isAbstractType, isCompositeType } from 'graphql';
import type { SelectedOperation, Selection } from '../plan/selection.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { applies, compileSelectionProjection, type Project } from './projection.ts';
import type { ResponsePath } from './run.ts';

/** A fragment that the client lets come later. */
export interface DeferredPart {
  /** The client's label. */
  readonly label: string | null;
  /** The label that the plan knows it by. */
  readonly planLabel: string;
  /** The way to its objects, from those of the part around it. */
  readonly steps: readonly PartStep[];
  readonly project: Project;
  readonly parts: readonly DeferredPart[];
}

type PartStep =
  | { readonly kind: 'field'; readonly planName: string; readonly responseName: string }
  | { readonly kind: 'type'; readonly typeNames: ReadonlySet<string> };

/** An object as it was fetched and as the client has been shown it, and where. */
export interface Place {
  readonly fetched: unknown;
  readonly shown: unknown;
  readonly path: ResponsePath;
}

/** Finds and compiles the deferred fragments of an operation; those within others are parts of these. */
export function compileDeferredParts(schema: GraphQLSchema, operation: SelectedOperation): readonly DeferredPart[] {
  return partsIn(schema, operation.selections, operation.rootType, []);
}

function partsIn(
  schema: GraphQLSchema,
  selections: readonly Selection[],
  parent: GraphQLCompositeType,
  steps: readonly PartStep[],
): DeferredPart[] {
  return selections.flatMap((selection): DeferredPart[] => {
    if (selection.kind === 'field') {
      const type = getNamedType(selection.type);
      if (selection.selections === null || !isCompositeType(type)) return [];
      const { planName, responseName } = selection;
      return partsIn(schema, selection.selections, type, [...steps, { kind: 'field', planName, responseName }]);
    }
    const { typeCondition, defer, selections: inner } = selection;
    // Where every object is of the type, none has to say so: an interface of the object type that stands there.
    const isSure = applies(schema, typeCondition, parent);
    const type = isSure ? parent : typeCondition;
    const within = isSure ? steps : [...steps, typeStep(schema, typeCondition)];
    if (defer === null) return partsIn(schema, inner, type, within);
    return [
      {
        ...defer,
        steps: within,
        project: compileSelectionProjection(schema, type, inner),
        parts: partsIn(schema, inner, type, []),
      },
    ];
  });
}

function typeStep(schema: GraphQLSchema, type: GraphQLCompositeType): PartStep {
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return { kind: 'type', typeNames: new Set(types.map(({ name }) => name)) };
}

/**
 * The objects that a part has something to say of: fetched, and not lost to a null above them. Before the part itself
 * is fetched their types may not be known; then those are named that it may speak of.
 */
export function placesOf(
  { steps }: DeferredPart,
  starts: readonly Place[],
  rootTypeName: string,
  isFetched: boolean,
): Place[] {
  const places: Place[] = [];
  const walk = ({ fetched, shown, path }: Place, index: number) => {
    if (Array.isArray(fetched) && Array.isArray(shown)) {
      for (const [at, item] of fetched.entries()) walk({ fetched: item, shown: shown[at], path: [...path, at] }, index);
      return;
    }
    if (!isJsonObject(fetched) || !isJsonObject(shown)) return;
    const step = steps[index];
    if (step === undefined) places.push({ fetched, shown, path });
    else if (step.kind === 'field') {
      const { planName, responseName } = step;
      walk(
        { fetched: own(fetched, planName), shown: own(shown, responseName), path: [...path, responseName] },
        index + 1,
      );
    } else if (
      !isFetched ||
      step.typeNames.has(String(fetched.__typename ?? (path.length === 0 ? rootTypeName : '')))
    ) {
      walk({ fetched, shown, path }, index + 1);
    }
  };
  for (const start of starts) walk(start, 0);
  return places;
}

function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
