import { type GraphQLCompositeType, type GraphQLSchema, getNamedType, isCompositeType, isObjectType } from 'graphql';
import { fieldNamed, type SelectedField, type Selection } from '../plan/selection.ts';
import { isJsonObject } from './json-object.ts';
import type { PlanContext } from './plan-context.ts';
import { applies } from './projection.ts';
import type { ResponsePath } from './run.ts';

type Selections = readonly (readonly Selection[])[];

/**
 * Where the client sees what is held under a plan path: once for each alias that shows it. A field that only another
 * fetch requires is placed at the nearest thing that the client did ask for. Nowhere, when a plan has fetched a field
 * for objects of more types than the client asked it of.
 */
export function clientPaths(context: PlanContext, data: unknown, planPath: ResponsePath): ResponsePath[] {
  const { found, nearest } = walkSelections(context, data, planPath, true);
  if (found.length > 0) return found;
  const isAskedOfOthers = walkSelections(context, data, planPath, false).found.length > 0;
  return isAskedOfOthers ? [] : [nearest];
}

interface Walked {
  readonly found: ResponsePath[];
  readonly nearest: ResponsePath;
}

function walkSelections(
  { schema, operation }: PlanContext,
  data: unknown,
  planPath: ResponsePath,
  isTypeHeeded: boolean,
): Walked {
  const found: ResponsePath[] = [];
  let nearest: ResponsePath = [];
  const walk = (lists: Selections, type: GraphQLCompositeType, value: unknown, index: number, path: ResponsePath) => {
    const name = planPath[index];
    if (name === undefined) {
      found.push(path);
      return;
    }
    if (path.length > nearest.length) nearest = path;
    const runtimeType = isTypeHeeded ? runtimeTypeOf(schema, type, value) : null;
    const sent = isJsonObject(value) ? value[String(name)] : undefined;
    for (const [responseName, { inner, fieldType }] of fieldsUnder(schema, lists, runtimeType, String(name))) {
      let next = index + 1;
      let item = sent;
      const deeper: (string | number)[] = [...path, responseName];
      for (let step = planPath[next]; typeof step === 'number'; step = planPath[next]) {
        deeper.push(step);
        item = Array.isArray(item) ? item[step] : undefined;
        next += 1;
      }
      if (isCompositeType(fieldType)) walk(inner, fieldType, item, next, deeper);
      else found.push(deeper);
    }
  };
  walk([operation.selections], operation.rootType, data, 0, []);
  return { found, nearest };
}

/** An object that an error has made null no longer says its type; then any fragment might have been its own. */
function runtimeTypeOf(schema: GraphQLSchema, type: GraphQLCompositeType, value: unknown): GraphQLCompositeType | null {
  const named = isJsonObject(value) && typeof value.__typename === 'string' ? schema.getType(value.__typename) : null;
  if (isObjectType(named)) return named;
  return isObjectType(type) ? type : null;
}

interface FieldsUnderName {
  readonly inner: (readonly Selection[])[];
  readonly fieldType: unknown;
}

/** The client's fields that show a plan name, among those whose type conditions hold for the runtime type. */
function fieldsUnder(
  schema: GraphQLSchema,
  lists: Selections,
  runtimeType: GraphQLCompositeType | null,
  planName: string,
): Map<string, FieldsUnderName> {
  const fields = new Map<string, FieldsUnderName>();
  const collect = (list: readonly Selection[]) => {
    for (const selection of list) {
      if (selection.kind === 'fragment') {
        if (runtimeType === null || applies(schema, selection.typeCondition, runtimeType))
          collect(selection.selections);
      } else if (selection.planName === planName && !selection.isDenied) {
        const fieldType = typeIn(schema, runtimeType, selection);
        const field = fields.get(selection.responseName) ?? { inner: [], fieldType };
        if (selection.selections !== null) field.inner.push(selection.selections);
        fields.set(selection.responseName, field);
      }
    }
  };
  for (const list of lists) collect(list);
  return fields;
}

function typeIn(schema: GraphQLSchema, parent: GraphQLCompositeType | null, field: SelectedField): unknown {
  return getNamedType(parent === null ? field.type : fieldNamed(schema, parent, field.name).type);
}
