import { buildSubgraphSchema } from '@apollo/subgraph';
import { buildSchema, type GraphQLSchema, parse } from 'graphql';
import { CompositionFailed, composeSupergraph } from '../../compose.ts';
import { computed, createWorld, entities, type Reference, type World } from './random-world.ts';

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
    'grams: String @requires(weight(unit: "g"))',
    'kilos: String @requires(weight(unit: "kg"))',
    'heavy: Boolean @requires(weight(unit: "g") part { y x })',
    'partText: String @requires(part { x y })',
  ),
  Beta: fields(
    'name: String',
    'alpha: Alpha!',
    'gammas(first: Int): [Gamma]',
    'hard: String!',
    'parts: [Part]',
    'label: String @requires(name)',
    'chain: String @requires(label)',
    'mood: Mood',
  ),
  Gamma: fields(
    'name: String',
    'soft: String',
    'delta: Delta',
    'named: [Named!]!',
    'grid: [[Delta]!]',
    'words: [[String]!]',
    'count: Int',
    'twice: Int @requires(count)',
    'moods(only: Mood): [Mood!]',
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
  'deepAnything: [[Either]]',
  'part: Part!',
);
/** What a subgraph that knows all named things by their interface alone has to say of each. */
const namedFields = 'extra: String extraHard: Int!';
const shared =
  'enum Mood { GOOD BAD } type Ref SHAREABLE { id: ID! } type Part SHAREABLE { x: Int y: String! hard: Int! }';
const implementers: readonly Entity[] = ['Alpha', 'Beta', 'Gamma'];
const keyChoices = [
  ['id'],
  ['id', 'code'],
  ['code'],
  ['ref { id }', 'id'],
  ['id code'],
  ['ref { id }'],
  ['code', 'ref { id }'],
];
const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key" "@shareable" "@requires" "@external" "@provides" "@override" "@interfaceObject"])';

function fields(...sdls: readonly string[]): readonly DealtField[] {
  return sdls.map((sdl) => {
    const name = sdl.split(/[:(]/)[0] ?? '';
    const requires = /@requires\((.*)\)$/.exec(sdl)?.[1];
    return { name, sdl: sdl.replace(/ @requires.*/, ''), ...(requires === undefined ? {} : { requires }) };
  });
}

/**
 * One graph, cut into subgraphs at random: who owns, overrides or provides which field, which keys each knows, whether
 * one of them knows an interface as if it were a type. Null when the cut does not compose, because some field could
 * not be reached.
 */
export function randomSupergraph(tape: readonly number[]): RandomSupergraph | null {
  let position = 0;
  const pick = (count: number) => {
    position += 1;
    return (tape[position - 1] ?? 0) % count;
  };
  const names = ['one', 'two', 'three', 'four'].slice(0, 2 + pick(3));
  const hasInterfaceObject = pick(3) === 1;
  const owners = () => {
    const first = names[pick(names.length)] ?? '';
    const second = pick(4) === 0 ? (names[pick(names.length)] ?? '') : first;
    return { all: new Set([first, second]), overridden: first !== second && pick(3) === 1 ? { first, second } : null };
  };
  const deal = (list: readonly DealtField[]) =>
    list.map((field) => ({
      field,
      owners:
        field.requires === undefined ? owners() : { all: new Set([names[pick(names.length)] ?? '']), overridden: null },
    }));
  const dealt = new Map(entities.map((entity) => [entity, deal(fieldsOf[entity])]));
  const roots = deal(rootFields);
  const parts = new Map<Entity, EntityPart[]>(entities.map((entity) => [entity, []]));

  const sdls = names.map((name) => {
    const own = (list: ReturnType<typeof deal>) => list.filter((entry) => entry.owners.all.has(name));
    const sharing = ({ all, overridden }: ReturnType<typeof owners>) => {
      if (overridden !== null) return overridden.second === name ? ` @override(from: "${overridden.first}")` : '';
      return all.size > 1 ? ' @shareable' : '';
    };
    const owned = new Map(entities.map((entity) => [entity, own(dealt.get(entity) ?? [])]));
    const external = new Map(entities.map((entity) => [entity, new Set<string>()]));
    const owns = (entity: Entity, field: string) =>
      owned.get(entity)?.some((entry) => entry.field.name === field) === true;
    const linesOf = new Map(
      entities.map((entity) => [
        entity,
        (owned.get(entity) ?? []).map(({ field, owners: all }) => {
          const { requires } = field;
          const isRequiring = requires !== undefined && requiredNames(requires).every((other) => !owns(entity, other));
          // What a subgraph owns itself it need not require.
          if (isRequiring) for (const other of requiredNames(requires)) external.get(entity)?.add(other);
          const provided = providedBy(field, pick(4) === 0 && field.requires === undefined);
          if (provided !== null && !owns(provided, 'name')) external.get(provided)?.add('name');
          const provides = provided === null || owns(provided, 'name') ? '' : ' @provides(fields: "name")';
          const demand = isRequiring ? ` @requires(fields: ${JSON.stringify(requires)})` : '';
          return `${field.sdl}${sharing(all)}${demand}${provides}`;
        }),
      ]),
    );
    const types = entities.map((entity) => {
      const isNamed = implementers.includes(entity);
      const chosen = keyChoices[pick(keyChoices.length)] ?? [];
      const keys = hasInterfaceObject && isNamed && !chosen.includes('id') ? ['id', ...chosen] : chosen;
      const isNamedOnly = pick(8) === 1 && !hasInterfaceObject;
      const directives = keys.map(
        (key, index) =>
          `@key(fields: "${key}"${isNamedOnly && index === 0 && keys.length > 1 ? ', resolvable: false' : ''})`,
      );
      const has = (key: string) =>
        keys.some((one) =>
          one
            .replace(/ref \{ id \}/, 'ref')
            .split(' ')
            .includes(key),
        );
      const keyFields = ['id', 'code', 'ref'].filter((key) => has(key) || (key === 'id' && isNamed));
      parts.get(entity)?.push({
        keys: keys.slice(isNamedOnly && keys.length > 1 ? 1 : 0).map((key) => requiredNames(key)),
        fields: [
          ...keyFields.map((key) => ({ name: key, requires: [] })),
          ...(owned.get(entity) ?? [])
            .filter(({ owners: { overridden } }) => overridden?.first !== name)
            .map(({ field: { name: field, requires } }) => ({
              name: field,
              requires: requiredNames(requires ?? '').filter((other) => external.get(entity)?.has(other)),
            })),
        ],
      });
      const lines = [
        ...(has('id') || isNamed ? ['id: ID! @shareable'] : []),
        ...(has('code') ? ['code: ID! @shareable'] : []),
        ...(has('ref') ? ['ref: Ref! @shareable'] : []),
        ...(linesOf.get(entity) ?? []),
        ...fieldsOf[entity]
          .filter((field) => external.get(entity)?.has(field.name))
          .map(({ sdl }) => `${sdl} @external`),
      ];
      return `type ${entity}${isNamed ? ' implements Named' : ''} ${directives.join(' ')} { ${lines.join(' ')} }`;
    });
    const queries = own(roots).map(({ field, owners: all }) => `${field.sdl}${sharing(all)}`);
    return {
      name,
      sdl: [
        link,
        queries.length === 0 ? '' : `type Query { ${queries.join(' ')} }`,
        ...types,
        `interface Named${hasInterfaceObject ? ' @key(fields: "id")' : ''} { id: ID! }`,
        'union Either = Alpha | Delta',
        shared.replaceAll('SHAREABLE', '@shareable'),
      ].join('\n'),
    };
  });
  if (hasInterfaceObject) sdls.push({ name: 'objects', sdl: interfaceObjectSdl() });

  if (![...parts.values()].every(isConnected)) return null;
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

/** What one subgraph has of an entity. */
interface EntityPart {
  readonly keys: readonly (readonly string[])[];
  readonly fields: readonly { readonly name: string; readonly requires: readonly string[] }[];
}

/** Whether every field can be had from wherever one starts; the composer misses some that cannot. */
function isConnected(parts: readonly EntityPart[]): boolean {
  const all = new Set(parts.flatMap(({ fields: own }) => own.map(({ name }) => name)));
  return parts.every((start) => {
    const reached = new Set([start]);
    const known = new Set<string>();
    for (let before = -1; before < known.size + reached.size; ) {
      before = known.size + reached.size;
      for (const part of parts) {
        if (part.keys.some((key) => key.every((name) => known.has(name)))) reached.add(part);
      }
      for (const part of reached) {
        for (const { name, requires } of part.fields) if (requires.every((other) => known.has(other))) known.add(name);
      }
    }
    return known.size === all.size;
  });
}

function requiredNames(requires: string): string[] {
  return requires
    .replace(/\([^)]*\)|\{[^}]*\}/g, ' ')
    .split(' ')
    .filter((name) => name !== '');
}

/** The entity whose name a field brings along. */
function providedBy({ sdl }: DealtField, isWanted: boolean): Entity | null {
  const type = /: \[*(Alpha|Beta|Gamma)\b/.exec(sdl)?.[1];
  return isWanted ? (entities.find((entity) => entity === type) ?? null) : null;
}

function interfaceObjectSdl(): string {
  return [
    link,
    'type Query { someNamed: [Named] }',
    `type Named @key(fields: "id") @interfaceObject { id: ID! ${namedFields} }`,
  ].join('\n');
}

function monolithOf(): GraphQLSchema {
  const types = entities.map((entity) => {
    const isNamed = implementers.includes(entity);
    const own = fieldsOf[entity].map(({ sdl }) => sdl).join(' ');
    return `type ${entity}${isNamed ? ' implements Named' : ''} { id: ID! code: ID! ref: Ref! ${isNamed ? namedFields : ''} ${own} }`;
  });
  return buildSchema(
    [
      `type Query { ${rootFields.map(({ sdl }) => sdl).join(' ')} someNamed: [Named] }`,
      ...types,
      `interface Named { id: ID! ${namedFields} }`,
      'union Either = Alpha | Delta',
      shared.replaceAll('SHAREABLE', ''),
    ].join('\n'),
  );
}

function subgraphSchema(sdl: string, world: World): GraphQLSchema {
  const requiring = (typeName: string) => {
    const text = new RegExp(`^type ${typeName}\\b.*$`, 'm').exec(sdl)?.[0] ?? '';
    return Object.keys(computed).filter((name) => new RegExp(`\\b${name}: \\w+( @shareable)? @requires`).test(text));
  };
  const byReference = (typeName: string) => {
    const names = requiring(typeName);
    return {
      __resolveReference: (reference: Reference) => {
        const found = world.find(reference);
        // What a field requires it takes from the reference, and from nowhere else.
        const own = names.map((name) => [name, () => computed[name]?.(reference)] as const);
        return found && { ...found, ...Object.fromEntries(own) };
      },
    };
  };
  const asInterface = (thing: unknown) =>
    typeof thing === 'object' && thing !== null ? { ...thing, __typename: 'Named' } : thing;
  const isInterfaceObject = /^type Named\b/m.test(sdl);
  const root = Object.entries(world.root).filter(([name]) => new RegExp(`type Query \\{[^}]*\\b${name}:`).test(sdl));
  const answer = (value: unknown) => {
    const known = typeof value === 'function' ? value() : value;
    return isInterfaceObject && Array.isArray(known) ? known.map(asInterface) : known;
  };
  return buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: {
      ...(root.length === 0
        ? {}
        : { Query: Object.fromEntries(root.map(([name, value]) => [name, () => answer(value)])) }),
      ...(isInterfaceObject
        ? { Named: { __resolveReference: (reference: Reference) => asInterface(world.find(reference)) } }
        : Object.fromEntries(entities.map((entity) => [entity, byReference(entity)]))),
      ...(!isInterfaceObject && sdl.includes('interface Named @key')
        ? { Named: { __resolveReference: (reference: Reference) => world.find(reference) } }
        : {}),
    } as never,
  });
}
