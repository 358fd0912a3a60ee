import { composeServices } from '@theguild/federation-composition';
import { type GraphQLError, parse } from 'graphql';

export interface SubgraphSdl {
  readonly name: string;
  readonly sdl: string;
}

/** The subgraphs do not fit together; the message lists every reason, a line each. */
export class CompositionFailed extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(`The subgraphs do not compose:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`);
    this.name = 'CompositionFailed';
    this.reasons = reasons;
  }
}

/** Composes subgraph schemas into supergraph SDL; throws `CompositionFailed`. The order they come in does not matter. */
export function composeSupergraph(subgraphs: readonly SubgraphSdl[]): string {
  const services = [...subgraphs]
    .sort((a, b) => a.name.localeCompare(b.name))
    // Where each one runs is the deployment's to say; a supergraph only has to name something.
    .map(({ name, sdl }) => ({ name, url: `http://${name}.subgraph.example/graphql`, typeDefs: parseSdl(name, sdl) }));
  const result = composeServices(services);
  if (result.supergraphSdl === undefined) throw new CompositionFailed(result.errors.map(reasonOf));
  return `${result.supergraphSdl.trim()}\n`;
}

function parseSdl(name: string, sdl: string) {
  try {
    return parse(sdl, { noLocation: true });
  } catch (cause) {
    throw new CompositionFailed([`[${name}] ${cause instanceof Error ? cause.message : String(cause)}`]);
  }
}

function reasonOf({ message, extensions }: GraphQLError): string {
  return typeof extensions.code === 'string' ? `${message} (${extensions.code})` : message;
}
