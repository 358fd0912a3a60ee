import { type ConstDirectiveNode, parse } from 'graphql';

/** The labels of a supergraph's progressive `@override`s. */
export function overrideLabelsIn(supergraphSdl: string): readonly string[] {
  if (!supergraphSdl.includes('overrideLabel:')) return [];
  const labels = new Set<string>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== 'ObjectTypeDefinition' && definition.kind !== 'InterfaceTypeDefinition') continue;
    for (const { directives = [] } of definition.fields ?? []) {
      for (const directive of directives) for (const label of labelIn(directive)) labels.add(label);
    }
  }
  return [...labels];
}

/**
 * Whether `percent(n)` holds for somebody: for n of 100, and always for the same ones, so that nobody is moved to and
 * fro. Null when the label says something else.
 */
export function isWithinPercent(label: string, who: string): boolean | null {
  const percent = percentIn(label);
  return percent === null ? null : placeOf(who) < percent;
}

/**
 * A place between 0 and 100 where just those `percent(n)` hold that are in force, for a planner that is told the place and not
 * each label. Null when there is none.
 */
export function placeWithin(overrides: ReadonlyMap<string, boolean>): number | null {
  const percents = [...overrides].flatMap(([label, isOn]) => {
    const percent = percentIn(label);
    return percent === null ? [] : [{ percent, isOn }];
  });
  const place = Math.max(0, ...percents.filter(({ isOn }) => !isOn).map(({ percent }) => percent));
  return percents.every(({ percent, isOn }) => place < percent === isOn) ? place : null;
}

function percentIn(label: string): number | null {
  const percent = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/.exec(label)?.[1];
  return percent === undefined ? null : Number(percent);
}

/** Where somebody stands between 0 and 100, evenly spread (FNV-1a, mixed). */
function placeOf(who: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < who.length; index += 1) hash = Math.imul(hash ^ who.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32) * 100;
}

function labelIn({ name, arguments: given }: ConstDirectiveNode): string[] {
  if (name.value !== 'join__field') return [];
  return (given ?? []).flatMap(({ name: { value: key }, value }) =>
    key === 'overrideLabel' && value.kind === 'StringValue' ? [value.value] : [],
  );
}
