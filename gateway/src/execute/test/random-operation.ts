import {
  doTypesOverlap,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isNonNullType,
  isUnionType,
  parse,
  validate,
} from 'graphql';

export interface RandomOperation {
  readonly source: string;
  readonly variables: Record<string, unknown>;
}

/** Names that make trouble where an executor keeps data under the client's names. */
const nastyAliases = [
  'id',
  'sku',
  'name',
  'price',
  'weight',
  'tags',
  'size',
  '__proto__',
  'constructor',
  '_entities',
  '__typename',
  'ref',
  'label',
  'weight__1',
  'weight__required1',
  'code',
  'a',
  'b',
];

/**
 * A valid operation from a tape of numbers: fragments, aliases, arguments, variables, type conditions, `@skip` and
 * `@include`. A shorter tape, or one of zeros, makes a simpler operation, so that a failure shrinks to a readable one.
 */
export function randomOperation(schema: GraphQLSchema, tape: readonly number[]): RandomOperation {
  const wild = write(schema, tape, false);
  // Aliases out of one small pool often clash; then every field gets a name of its own.
  return validate(schema, parse(wild.source)).length === 0 ? wild : write(schema, tape, true);
}

function write(schema: GraphQLSchema, tape: readonly number[], hasUniqueNames: boolean): RandomOperation {
  let position = 0;
  let aliases = 0;
  const fragments: string[] = [];
  const definitions: string[] = [];
  const variables: Record<string, unknown> = {};
  const pick = (count: number) => {
    const number = tape[position] ?? 0;
    position += 1;
    return number % count;
  };
  const pickOf = <Item>(items: readonly Item[]): Item => {
    const item = items[pick(items.length)];
    if (item === undefined) throw new Error('Nothing to pick from');
    return item;
  };
  const declare = (type: string, value: unknown): string => {
    // The third takes the name of the planner's own variable.
    const name = definitions.length === 2 ? 'representations' : `v${definitions.length}`;
    definitions.push(`$${name}: ${type}`);
    variables[name] = value;
    return `$${name}`;
  };
  const condition = () => {
    if (pick(6) !== 1) return '';
    const value = pick(2) === 0;
    return ` @${pickOf(['include', 'skip'])}(if: ${pick(2) === 0 ? declare('Boolean!', value) : value})`;
  };
  const argument = (type: GraphQLInputType): string => {
    const named = getNamedType(type);
    const values: unknown[] = isEnumType(named)
      ? named.getValues().map(({ name }) => name)
      : ({ ID: ['p1', 'u2', 'm1', 'r9', 'm0', 'p8', 'none'], Int: [2, 1, 0, 5], Boolean: [true, false], Float: [1.5] }[
          named.name
        ] ?? ['short', 'none', 'x']);
    const value = pickOf(values);
    if (pick(3) === 1) return declare(String(type), value);
    return isEnumType(named) ? String(value) : JSON.stringify(value);
  };
  const argumentsOf = (field: GraphQLField<unknown, unknown>) => {
    const given = field.args
      .filter(({ type }) => isNonNullType(type) || pick(2) === 1)
      .map(({ name, type }) => `${name}: ${argument(type)}`);
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  };
  const aliasFor = () => {
    aliases += 1;
    if (hasUniqueNames) return `f${aliases}: `;
    return pick(3) === 1 ? `${pickOf(nastyAliases)}: ` : '';
  };
  const overlapping = (type: GraphQLCompositeType) =>
    Object.values(schema.getTypeMap()).filter(
      (other) => isCompositeType(other) && !other.name.startsWith('__') && doTypesOverlap(schema, type, other),
    );

  const selection = (type: GraphQLCompositeType, depth: number): string => {
    const kind = pick(8);
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const usable = fields.filter((field) => depth > 0 || !isCompositeType(getNamedType(field.type)));
    if (kind === 7 || usable.length === 0) {
      const condition = depth > 0 && kind !== 7 ? pickOf(overlapping(type)) : undefined;
      if (!isCompositeType(condition) || condition === type) return `${pick(2) === 1 ? 't: ' : ''}__typename`;
      return `... on ${condition.name} ${selectionSet(condition, depth - 1)}`;
    }
    if (kind === 6 || kind === 5) {
      const other = pickOf(overlapping(type));
      if (!isCompositeType(other)) return '__typename';
      const inner = selectionSet(other, depth - 1);
      if (kind === 6) return `... on ${other.name}${condition()} ${inner}`;
      const name = `F${fragments.length}`;
      fragments.push(`fragment ${name} on ${other.name} ${inner}`);
      return `...${name}${condition()}`;
    }
    const field = pickOf(usable);
    const inner = getNamedType(field.type);
    const set = isCompositeType(inner) ? ` ${selectionSet(inner, depth - 1)}` : '';
    return `${aliasFor()}${field.name}${argumentsOf(field)}${condition()}${set}`;
  };
  const selectionSet = (type: GraphQLCompositeType, depth: number): string => {
    const count = 1 + pick(depth > 1 ? 4 : 3);
    return `{ ${Array.from({ length: count }, () => selection(type, Math.max(0, depth))).join(' ')} }`;
  };

  const root = schema.getQueryType();
  if (!root) throw new Error('The schema has no queries');
  const body = selectionSet(root, 6);
  const head = definitions.length === 0 ? 'query Random' : `query Random(${definitions.join(', ')})`;
  return { source: `${head} ${body}\n${fragments.join('\n')}`, variables };
}
