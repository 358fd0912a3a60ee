import { isJsonObject, type JsonObject } from '../execute/json-object.ts';
import type { SubgraphRequest } from '../transports/transport.ts';
import type { Declarations } from './declarations.ts';
import type { Question } from './questions.ts';
import { entityTags, subgraphTag } from './tags.ts';

/** One value that a fetch asks for: an entity, or a field of `Query`. */
export interface Wanted {
  readonly question: Question;
  /** Equal for what may be answered alike. */
  readonly key: string;
  readonly tags: readonly string[];
  /** Null for a field of `Query`. */
  readonly representation: JsonObject | null;
}

/** All that a request asks for, in its order; null when some of it cannot be told apart or is nothing to keep. */
export function wantedOf(
  request: SubgraphRequest,
  questions: readonly Question[],
  subgraph: string,
  { types }: Declarations,
  rightsKey: string,
): readonly Wanted[] | null {
  const wanted: Wanted[] = [];
  const own = subgraphTag(subgraph);
  for (const question of questions) {
    const variables = variablesText(request.variables, question.variables);
    if (variables === null) return null;
    const head = `${question.name} ${question.scope === 'PUBLIC' ? '' : rightsKey} ${variables}`;
    if (question.representations === null) {
      wanted.push({ question, key: head, tags: [own, ...question.tags], representation: null });
      continue;
    }
    const representations = request.variables[question.representations];
    if (!Array.isArray(representations)) return null;
    for (const representation of representations) {
      if (!isJsonObject(representation)) return null;
      const type = types.get(String(representation.__typename));
      if (type?.subgraph !== subgraph) return null;
      const tags = new Set([own, ...entityTags(type.topic, representation.id), ...question.tags]);
      wanted.push({ question, key: `${head} ${JSON.stringify(representation)}`, tags: [...tags], representation });
    }
  }
  return wanted;
}

/** Null for what JSON cannot tell apart: a variable that is undefined is not one that is null. */
function variablesText(values: SubgraphRequest['variables'], names: readonly string[]): string | null {
  if (names.length === 0) return '';
  let isExact = true;
  const present = names.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name]]);
  const text = JSON.stringify(present, (_name, value) => {
    if (value === undefined) isExact = false;
    return value;
  });
  return isExact ? text : null;
}
