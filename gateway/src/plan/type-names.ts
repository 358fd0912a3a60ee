import { isAbstractType, isInterfaceType, possibleRuntimeTypes, type Schema } from '@apollo/federation-internals';

/** Every `__typename` that an object may carry where a type condition on this name holds. */
export type TypeNamesOf = (typeCondition: string) => ReadonlySet<string>;

/** Reads type conditions off the supergraph, where types live that clients cannot see. */
export function createTypeNames(supergraph: Schema): TypeNamesOf {
  const known = new Map<string, ReadonlySet<string>>();
  return (typeCondition) => {
    let names = known.get(typeCondition);
    if (names === undefined) {
      names = new Set(namesOf(supergraph, typeCondition));
      known.set(typeCondition, names);
    }
    return names;
  };
}

function namesOf(supergraph: Schema, typeCondition: string): string[] {
  const type = supergraph.type(typeCondition);
  if (type === undefined || !isAbstractType(type)) return [typeCondition];
  // A subgraph with an interface object calls every implementation by the interface's own name.
  const interfaces = isInterfaceType(type) ? type.allImplementations().map(({ name }) => name) : [];
  return [typeCondition, ...interfaces, ...possibleRuntimeTypes(type).map(({ name }) => name)];
}
