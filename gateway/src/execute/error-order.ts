import type { GraphQLError } from 'graphql';

/**
 * Errors in the order of their places in the answer, those of the whole request first. Subgraphs answer in any order,
 * and an equal request is to have an equal answer.
 */
export function inErrorOrder(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  return errors.length < 2 ? errors : errors.toSorted((a, b) => comparePaths(a.path ?? [], b.path ?? []));
}

function comparePaths(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const [left, right] = [a[index], b[index]];
    if (left === right || left === undefined || right === undefined) continue;
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return String(left) < String(right) ? -1 : 1;
  }
  return a.length - b.length;
}
