import { buildSubgraphSchema } from '@apollo/subgraph';
import { buildSchema, type GraphQLSchema, parse } from 'graphql';
import { CompositionFailed, composeSupergraph } from '../../compose.ts';

export interface RandomSupergraph {
  readonly supergraphSdl: string;
  readonly subgraphs: ReadonlyMap<string, GraphQLSchema>;
  readonly monolith: GraphQLSchema;
  readonly rootValue: Readonly<Record<string, unknown>>;
}

interface DealtField {
  readonly name: string;
  readonly sdl: string;
  /** Required from whoever else owns it; only for fields that are computed. */
  readonly requires?: string;
}

const entities = ['Alpha', 'Beta', 'Gamma', 'Delta'] as const;
type Entity = (typeof entities)[number];

const fieldsOf: Readonly<Record<Entity, readonly DealtField[]>> = {
  Alpha: fields(
    'name: String',
    'size: Int!',
    'beta: Beta',
    'betas: [Beta!]!',
    'part: Part',
    'either: Either',
    'weight(unit: String = "kg"): Float',
    'sum: Int @requires(size)',
  ),
  Beta: fields(
    'name: String',
    'alpha: Alpha!',
    'gammas(first: Int): [Gamma]',
    'hard: String!',
    'parts: [Part]',
    'label: String @requires(name)',
  ),
  Gamma: fields(
    'name: String',
    'soft: String',
    'delta: Delta',
    'named: [Named!]!',
    'grid: [[Delta]!]',
    'count: Int',
    'twice: Int @requires(count)',
  ),
  Delta: fields('soft: String', 'count: Int', 'alphas: [Alpha!]', 'either: [Either]', 'self: Delta'),
};
const rootFields = fields(
  'alpha: Alpha',
  'alphas: [Alpha!]!',
  'beta: Beta!',
  'gammas: [Gamma]',
  'delta: Delta',
  'named: [Named!]',
  'anything: [Either]',
  'part: Part!',
);
const shared = 'type Part SHAREABLE { x: Int y: String! hard: Int! }';
const implementers: readonly Entity[] = ['Alpha', 'Beta', 'Gamma'];

function fields(...sdls: readonly string[]): readonly DealtField[] {
  return sdls.map((sdl) => {
    const name = sdl.split(/[:(]/)[0] ?? '';
    const requires = /@requires\((\w+)\)/.exec(sdl)?.[1];
    return { name, sdl: sdl.replace(/ @requires.*/, ''), ...(requires === undefined ? {} : { requires }) };
  });
}

/**
 * One graph, cut into subgraphs at random: who owns which field, which keys each knows. Null when the cut does not
 * compose, because some field could not be reached.
 */
export function randomSupergraph(tape: readonly number[]): RandomSupergraph | null {
  let position = 0;
  const pick = (count: number) => {
    position += 1;
    return (tape[position - 1] ?? 0) % count;
  };
  const names = ['one', 'two', 'three', 'four'].slice(0, 2 + pick(3));
  const owners = () => {
    const first = pick(names.length);
    const second = pick(4) === 0 ? pick(names.length) : first;
    return new Set([names[first], names[second]]);
  };
  const deal = (list: readonly DealtField[]) =>
    list.map((field) => ({
      field,
      owners: field.requires === undefined ? owners() : new Set([names[pick(names.length)]]),
    }));
  const dealt = new Map(entities.map((entity) => [entity, deal(fieldsOf[entity])]));
  const roots = deal(rootFields);

  const sdls = names.map((name) => {
    const own = (list: ReturnType<typeof deal>) => list.filter((entry) => entry.owners.has(name));
    const types = entities.map((entity) => {
      const mine = own(dealt.get(entity) ?? []);
      // What a subgraph owns itself it need not require.
      const requiredBy = ({ requires }: DealtField) =>
        requires !== undefined && !mine.some(({ field }) => field.name === requires) ? requires : null;
      const keys = [['id'], ['id', 'code'], ['code'], ['id', 'code']][pick(4)] ?? [];
      const external = new Set(mine.map(({ field }) => requiredBy(field)));
      const lines = mine.map(({ field, owners: all }) => {
        const required = requiredBy(field);
        return `${field.sdl}${all.size > 1 ? ' @shareable' : ''}${required === null ? '' : ` @requires(fields: "${required}")`}`;
      });
      for (const field of fieldsOf[entity]) if (external.has(field.name)) lines.push(`${field.sdl} @external`);
      const isNamed = implementers.includes(entity);
      return `type ${entity}${isNamed ? ' implements Named' : ''} ${keys.map((key) => `@key(fields: "${key}")`).join(' ')} { ${keys.includes('id') ? 'id: ID!' : isNamed ? 'id: ID! @shareable' : ''} ${keys.includes('code') ? 'code: ID!' : ''} ${lines.join(' ')} }`;
    });
    const queries = own(roots).map(({ field, owners: all }) => `${field.sdl}${all.size > 1 ? ' @shareable' : ''}`);
    return {
      name,
      sdl: [
        'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key" "@shareable" "@requires" "@external"])',
        queries.length === 0 ? '' : `type Query { ${queries.join(' ')} }`,
        ...types,
        'interface Named { id: ID! }',
        'union Either = Alpha | Delta',
        shared.replace('SHAREABLE', '@shareable'),
      ].join('\n'),
    };
  });

  const world = createWorld();
  try {
    return {
      supergraphSdl: composeSupergraph(sdls),
      subgraphs: new Map(sdls.map(({ name, sdl }) => [name, subgraphSchema(sdl, world)])),
      monolith: monolithOf(),
      rootValue: world.root,
    };
  } catch (error) {
    if (!(error instanceof CompositionFailed)) throw error;
    return null;
  }
}

function monolithOf(): GraphQLSchema {
  const types = entities.map(
    (entity) =>
      `type ${entity}${implementers.includes(entity) ? ' implements Named' : ''} { id: ID! code: ID! ${fieldsOf[entity].map(({ sdl }) => sdl).join(' ')} }`,
  );
  const query = `type Query { ${rootFields.map(({ sdl }) => sdl).join(' ')} }`;
  return buildSchema(
    [
      query,
      ...types,
      'interface Named { id: ID! }',
      'union Either = Alpha | Delta',
      shared.replace('SHAREABLE', ''),
    ].join('\n'),
  );
}

type Thing = { readonly __typename: string; readonly [field: string]: unknown };

interface World {
  readonly root: Readonly<Record<string, unknown>>;
  find(reference: Readonly<Record<string, unknown>>): Thing | null;
}

const perType = 5;

function createWorld(): World {
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
      const either = () => (index === 2 ? null : index % 2 === 0 ? get('Alpha', index + 1) : get('Delta', index));
      things.set(`${type}${index}`, {
        __typename: type,
        id: `${type}${index}`,
        code: `c${type}${index}`,
        name,
        size: index,
        sum: index + 1,
        label: labelOf(name),
        twice: twiceOf(count),
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
      part: part(1),
    },
    find: ({ id, code }) => things.get(String(id ?? String(code).slice(1))) ?? null,
  };
}

const sumOf = (size: unknown) => (typeof size === 'number' ? size + 1 : null);
const labelOf = (name: unknown) => (typeof name === 'string' ? `<${name}>` : null);
const twiceOf = (count: unknown) => (typeof count === 'number' ? count * 2 : null);

function subgraphSchema(sdl: string, world: World): GraphQLSchema {
  const isRequired = (field: string) => sdl.includes(`@requires(fields: "${field}")`);
  const byReference = {
    __resolveReference: (reference: Readonly<Record<string, unknown>>) => {
      const found = world.find(reference);
      // What a field requires it takes from the reference, and from nowhere else.
      const computed = {
        ...(isRequired('size') ? { sum: () => sumOf(reference.size) } : {}),
        ...(isRequired('name') ? { label: () => labelOf(reference.name) } : {}),
        ...(isRequired('count') ? { twice: () => twiceOf(reference.count) } : {}),
      };
      return found && { ...found, ...computed };
    },
  };
  const root = Object.entries(world.root).filter(([name]) => new RegExp(`type Query \\{[^}]*\\b${name}:`).test(sdl));
  return buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: {
      ...(root.length === 0
        ? {}
        : {
            Query: Object.fromEntries(
              root.map(([name, answer]) => [name, () => (typeof answer === 'function' ? answer() : answer)]),
            ),
          }),
      ...Object.fromEntries(entities.map((entity) => [entity, byReference])),
    },
  });
}
