import { type GraphQLCompositeType, type GraphQLSchema, getNamedType, isCompositeType, isObjectType } from 'graphql';
import { fieldNamed, type SelectedOperation, type Selection } from '../plan/selection.ts';
import { isJsonObject } from './json-object.ts';
import { applies } from './projection.ts';
import type { ResponsePath } from './run.ts';

/**
 * Where the client sees what is held under a plan path: once for each alias that shows it. What the client did not
 * ask for, such as a required field of another subgraph, is placed at the nearest thing that it did ask for.
 */
export function clientPaths(
  schema: GraphQLSchema,
  operation: SelectedOperation,
  data: unknown,
  planPath: ResponsePath,
): ResponsePath[] {
  const found: ResponsePath[] = [];
  let nearest: ResponsePath = [];
  const walk = (
    lists: readonly (readonly Selection[])[],
    type: GraphQLCompositeType,
    value: unknown,
    index: number,
    path: ResponsePath,
  ): void => {
    const name = planPath[index];
    if (name === undefined) {
      found.push(path);
      return;
    }
    if (path.length > nearest.length) nearest = path;
    const fields = fieldsUnder(schema, lists, type, value, String(name));
    const sent = isJsonObject(value) ? value[String(name)] : undefined;
    for (const [responseName, { inner, fieldType }] of fields) {
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
  return found.length > 0 ? found : [nearest];
}

interface FieldsUnderName {
  readonly inner: (readonly Selection[])[];
  readonly fieldType: unknown;
}

/** The client's fields that show a plan name, among those whose type conditions hold for the object. */
function fieldsUnder(
  schema: GraphQLSchema,
  lists: readonly (readonly Selection[])[],
  type: GraphQLCompositeType,
  value: unknown,
  planName: string,
): Map<string, FieldsUnderName> {
  const named = isJsonObject(value) && typeof value.__typename === 'string' ? schema.getType(value.__typename) : null;
  // An object that an error has made null no longer says its type; then every fragment might have been its own.
  const runtimeType = isObjectType(named) ? named : isObjectType(type) ? type : null;
  const fields = new Map<string, FieldsUnderName>();
  const collect = (list: readonly Selection[]) => {
    for (const selection of list) {
      if (selection.kind === 'fragment') {
        if (runtimeType === null || applies(schema, selection.typeCondition, runtimeType)) collect(selection.selections);
      } else if (selection.planName === planName) {
        const field = fields.get(selection.responseName) ?? { inner: [], fieldType: typeOf(schema, runtimeType, selection) };
        if (selection.selections !== null) field.inner.push(selection.selections);
        fields.set(selection.responseName, field);
      }
    }
  };
  for (const list of lists) collect(list);
  return fields;
}

function typeOf(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType | null,
  selection: Selection & { readonly kind: 'field' },
): unknown {
  if (parent === null) return getNamedType(selection.type);
  return getNamedType(fieldNamed(schema, parent, selection.name).type);
}
