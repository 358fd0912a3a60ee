export const entities = ['Alpha', 'Beta', 'Gamma', 'Delta'] as const;

export type Thing = { readonly __typename: string; readonly [field: string]: unknown };

/** What a subgraph is sent about an entity: some key, and what its fields require. */
export type Reference = Readonly<Record<string, unknown>>;

export interface World {
  readonly root: Readonly<Record<string, unknown>>;
  find(reference: Reference): Thing | null;
}

/** Fields that are worked out from others, by what they require. */
export const computed: Readonly<Record<string, (from: Reference) => unknown>> = {
  sum: ({ size }) => (typeof size === 'number' ? size + 1 : null),
  label: ({ name }) => (typeof name === 'string' ? `<${name}>` : null),
  chain: ({ label }) => (typeof label === 'string' ? `chain ${label}` : null),
  twice: ({ count }) => (typeof count === 'number' ? count * 2 : null),
  grams: ({ weight }) => (typeof weight === 'number' ? `${weight} g` : null),
  kilos: ({ weight }) => (typeof weight === 'number' ? `${weight} kg` : null),
  heavy: ({ weight, part }) => (typeof weight === 'number' ? weight > 1000 && textOf(part) !== null : null),
  partText: ({ part }) => textOf(part),
};

const perType = 5;

/** The things that every cut of the graph, and the one schema beside it, answer from. */
export function createWorld(): World {
  const things = new Map<string, Thing>();
  const get = (type: string, index: number) => things.get(`${type}${index % perType}`) ?? null;
  const fail = (message: string) => () => {
    throw new Error(message);
  };
  const part = (index: number) =>
    index % 4 === 3
      ? null
      : {
          __typename: 'Part',
          x: index % 3 === 0 ? null : index,
          y: `y${index}`,
          hard: index % 5 === 2 ? fail('part') : index,
        };
  for (const type of entities) {
    for (let index = 0; index < perType; index += 1) {
      const count = index === 3 ? null : index * 10;
      const name = index === 1 ? null : `${type} ${index}`;
      const label = computed.label?.({ name });
      const either = () => (index === 2 ? null : index % 2 === 0 ? get('Alpha', index + 1) : get('Delta', index));
      things.set(`${type}${index}`, {
        __typename: type,
        id: `${type}${index}`,
        code: `c${type}${index}`,
        ref: { __typename: 'Ref', id: `${type}${index}` },
        extra: index === 1 ? null : `extra ${type}${index}`,
        extraHard: index === 4 ? fail('extraHard') : index,
        name,
        size: index,
        sum: computed.sum?.({ size: index }),
        label,
        chain: computed.chain?.({ label }),
        twice: computed.twice?.({ count }),
        grams: computed.grams?.({ weight: index * 1000 }),
        kilos: computed.kilos?.({ weight: index }),
        heavy: computed.heavy?.({ weight: index * 1000, part: part(index) }),
        partText: textOf(part(index)),
        beta: () => (index === 4 ? null : get('Beta', index + 1)),
        betas: () => [get('Beta', index), get('Beta', index + 2)],
        part: part(index),
        parts: [part(index + 1), part(index + 2)],
        weight: ({ unit }: { unit?: string }) => (unit === 'g' ? index * 1000 : index),
        either: type === 'Delta' ? () => [either(), get('Delta', index + 2)] : either,
        alpha: () => get('Alpha', index + 2),
        alphas: () => (index === 0 ? null : [get('Alpha', index), get('Alpha', index)]),
        gammas: ({ first }: { first?: number }) =>
          [get('Gamma', index), null, get('Gamma', index + 3)].slice(0, first ?? 9),
        hard: index === 3 ? fail('hard') : `hard${index}`,
        soft: index === 2 ? fail('soft') : index === 0 ? null : `soft${index}`,
        delta: () => get('Delta', index + 1),
        named: () => [get('Alpha', index), get('Beta', index), get('Gamma', index + 1)],
        grid: () => [[get('Delta', index), null], [get('Delta', index + 1)]],
        words: [[`w${index}`, null], null, []],
        mood: index % 2 === 0 ? 'GOOD' : index === 3 ? null : 'BAD',
        moods: ({ only }: { only?: string }) => (only === undefined ? ['GOOD', 'BAD'] : [only, only]),
        count,
        self: () => get('Delta', index),
      });
    }
  }
  const all = (type: string) => Array.from({ length: perType }, (_, index) => get(type, index));
  return {
    root: {
      alpha: () => get('Alpha', 1),
      alphas: () => all('Alpha'),
      beta: () => get('Beta', 0),
      gammas: () => [...all('Gamma'), null],
      delta: () => get('Delta', 2),
      named: () => [get('Gamma', 1), get('Alpha', 0), get('Beta', 2)],
      anything: () => [get('Alpha', 2), null, get('Delta', 3)],
      deepAnything: () => [[get('Delta', 0), get('Alpha', 4)], null, [null]],
      part: part(1),
      someNamed: () => [get('Beta', 1), null, get('Alpha', 4), get('Alpha', 2)],
    },
    find: ({ id, code, ref }) => things.get(String(id ?? idIn(ref) ?? String(code).slice(1))) ?? null,
  };
}

function idIn(ref: unknown): unknown {
  return typeof ref === 'object' && ref !== null && 'id' in ref ? ref.id : undefined;
}

function textOf(part: unknown): string | null {
  if (typeof part !== 'object' || part === null || !('x' in part) || !('y' in part)) return null;
  return `${part.x}/${part.y}`;
}
