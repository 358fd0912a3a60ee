import type { ConstDirectiveNode, DocumentNode } from 'graphql';

/**
 * Puts each type's keys that a subgraph resolves before those that it only names. Apollo's planner goes back to a
 * subgraph, after a `@requires`, by the first key that the type has there, resolvable or not.
 */
export function resolvableKeysFirst(supergraph: DocumentNode): DocumentNode {
  return {
    ...supergraph,
    definitions: supergraph.definitions.map((definition) => {
      if (definition.kind !== 'ObjectTypeDefinition' && definition.kind !== 'InterfaceTypeDefinition')
        return definition;
      const directives = definition.directives ?? [];
      if (!directives.some(isUnresolvable)) return definition;
      return {
        ...definition,
        directives: [...directives.filter((node) => !isUnresolvable(node)), ...directives.filter(isUnresolvable)],
      };
    }),
  };
}

function isUnresolvable({ name, arguments: given }: ConstDirectiveNode): boolean {
  return (
    name.value === 'join__type' &&
    (given ?? []).some(
      ({ name: { value: key }, value }) => key === 'resolvable' && value.kind === 'BooleanValue' && !value.value,
    )
  );
}
