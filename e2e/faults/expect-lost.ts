import { type SubgraphName, subgraphNames } from '@cauce/shared/subgraph/subgraph';
import { expect } from 'vitest';
import type { GraphAnswer } from '../platform/graph-client.ts';
import type { Code, ToldLie } from './lies.ts';
import { isOnOneLine, partsOf, sharedPart, valueAt } from './whole-graph.ts';

/** What a subgraph does instead of answering, and how a client is told. */
export type Fault = Pick<ToldLie, 'name' | 'code' | 'codeAtRoot' | 'isLarge'>;

type Path = readonly (string | number)[];

/**
 * Holds an answer to the whole graph against what it should have lost: the parts of faulty subgraphs, each with an
 * error of the right code in its place, and nothing else. What `mayBeLost` is coming back, and may be there or not.
 */
export function expectLost(
  { status, data, errors }: GraphAnswer,
  honest: GraphAnswer['data'],
  faults: ReadonlyMap<SubgraphName, Fault>,
  mayBeLost: ReadonlySet<SubgraphName> = new Set(),
): void {
  const what = `${[...faults].map(([name, fault]) => `${name}: ${fault.name}`).join(', ')}\n${JSON.stringify(errors)}`;
  // Rights are remembered for a moment only; then nobody is anybody without access.
  if (faults.has('access') && data === undefined) {
    expect([503, 504], what).toContain(status);
    expect(['SUBGRAPH_UNAVAILABLE', 'TIMEOUT'], what).toContain(errors[0]?.extensions.code);
    return;
  }
  const lost = [...new Set([...faults.keys(), ...mayBeLost])];
  const excused = lost.flatMap((name) => (name === 'access' ? [...partsOf.access, sharedPart] : partsOf[name]));
  const isExcused = (path: Path) => excused.some((part) => isOnOneLine(part, path));
  for (const part of subgraphNames.flatMap((name) => partsOf[name]))
    if (!isExcused(part)) expect(valueAt(data, part), `${part} ${what}`).toEqual(valueAt(honest, part));
  for (const { path = [] } of errors) expect(isExcused(path), `${path} ${what}`).toBe(true);
  for (const [name, fault] of faults) {
    // Nobody is asked about a site that access has not found.
    const own = partsOf[name].filter((part) => part[0] !== 'site' || !faults.has('access'));
    for (const part of own) expectMissing(part, codesAt(part, fault), { data, errors }, honest, what);
  }
}

function expectMissing(
  part: readonly string[],
  codes: readonly Code[],
  { data, errors }: Pick<GraphAnswer, 'data' | 'errors'>,
  honest: GraphAnswer['data'],
  what: string,
): void {
  const here = errors.filter(({ path = [] }) => isOnOneLine(path, part)).map(({ extensions }) => extensions.code);
  expect(
    codes.some((code) => here.includes(code)),
    `${part} ${what}`,
  ).toBe(true);
  expect(valueAt(data, part), `${part} ${what}`).not.toEqual(valueAt(honest, part));
}

function codesAt(part: Path, { code, codeAtRoot, isLarge }: Fault): Code[] {
  const own = (part.length === 1 ? codeAtRoot : null) ?? code ?? 'INTERNAL';
  // Megabytes may take longer than there is time.
  return isLarge ? [own, 'TIMEOUT'] : [own];
}
