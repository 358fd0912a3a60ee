import { type ConstDirectiveNode, parse } from 'graphql';

/** Where a supergraph says that its subgraphs are, by the names that plans call them. */
export function subgraphUrlsIn(supergraphSdl: string): Map<string, string> {
  const urls = new Map<string, string>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== 'EnumTypeDefinition' || definition.name.value !== 'join__Graph') continue;
    for (const { directives = [] } of definition.values ?? []) {
      const graph = directives.find(({ name }) => name.value === 'join__graph');
      if (graph !== undefined) urls.set(argumentOf(graph, 'name'), argumentOf(graph, 'url'));
    }
  }
  return urls;
}

function argumentOf(directive: ConstDirectiveNode, name: string): string {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind !== 'StringValue') throw new Error(`@${directive.name.value} has no ${name}`);
  return value.value;
}
