import { plainWords } from '../reading/plain-words.ts';
import type { ProblemCode } from '../reading/problem.ts';

/** A warehouse that the person who sent the file reaches. */
export interface ReachedWarehouse {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly code: string | null;
}

/**
 * The warehouse that a file means by a name. Nothing is guessed: a name that fits none or several is refused, unless
 * the site was chosen by hand and has one warehouse only.
 * @param name null where the file names none
 */
export function matchWarehouse(
  name: string | null,
  reached: readonly ReachedWarehouse[],
  chosenSiteId: string | null,
): ReachedWarehouse | ProblemCode {
  const candidates = chosenSiteId === null ? reached : reached.filter(({ siteId }) => siteId === chosenSiteId);
  const [only, another] = candidates;
  const isOnly = only !== undefined && another === undefined;
  if (name === null) return isOnly ? only : 'AMBIGUOUS_WAREHOUSE';
  const wanted = plainWords(name);
  const wordsOf = (one: ReachedWarehouse) => [one.name, ...(one.code === null ? [] : [one.code])].map(plainWords);
  const same = candidates.filter((one) => wordsOf(one).includes(wanted));
  const found = same.length > 0 ? same : candidates.filter((one) => wordsOf(one).some((words) => holds(words, wanted)));
  const [first, second] = found;
  if (first !== undefined) return second === undefined ? first : 'AMBIGUOUS_WAREHOUSE';
  return isOnly && chosenSiteId !== null ? only : 'UNKNOWN_WAREHOUSE';
}

/** One holds the other, whole words only: `BODEGA CENTRO` and `Centro`. */
const holds = (one: string, other: string) =>
  one !== '' && other !== '' && (` ${one} `.includes(` ${other} `) || ` ${other} `.includes(` ${one} `));
