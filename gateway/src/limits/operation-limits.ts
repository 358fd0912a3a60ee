import { AppError } from '@cauce/shared/errors/app-error';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { refuseZeroBytes } from './zero-bytes.ts';

export interface OperationLimits {
  /** Nesting of fields; introspection is not counted. */
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxDirectives: number;
  readonly maxRootFields: number;
  /** Objects that the answer might hold, by the page sizes asked for. */
  readonly maxCost: number;
}

export const defaultLimits: OperationLimits = {
  maxDepth: 14,
  maxAliases: 40,
  maxDirectives: 60,
  maxRootFields: 30,
  maxCost: 20_000,
};

/** Tokens one document may have; the parser stops there. */
export const maxTokens = 4_000;

/** How many items a list without a page size is taken to hold. */
const assumedListSize = 10;

export interface Measured {
  depth: number;
  aliases: number;
  directives: number;
  rootFields: number;
  cost: number;
}

/**
 * Refuses an operation that is larger than its limits or holds what no field can take, before anything is fetched.
 * Answers its measures.
 */
export function checkOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
  limits: OperationLimits,
): Measured {
  refuseZeroBytes(document, variables);
  const measured = measureOperation(schema, document, operationName, variables);
  const refuse = (
    code: 'OPERATION_TOO_DEEP' | 'OPERATION_TOO_COSTLY' | 'TOO_MANY_ALIASES' | 'TOO_MANY_DIRECTIVES',
    is: number,
    limit: number,
  ) => {
    throw new AppError(code, `The operation measures ${is}; at most ${limit} is answered`, {
      detail: { measured: is, limit },
    });
  };
  if (measured.depth > limits.maxDepth) refuse('OPERATION_TOO_DEEP', measured.depth, limits.maxDepth);
  if (measured.aliases > limits.maxAliases) refuse('TOO_MANY_ALIASES', measured.aliases, limits.maxAliases);
  if (measured.directives > limits.maxDirectives)
    refuse('TOO_MANY_DIRECTIVES', measured.directives, limits.maxDirectives);
  if (measured.rootFields > limits.maxRootFields)
    refuse('OPERATION_TOO_COSTLY', measured.rootFields, limits.maxRootFields);
  if (measured.cost > limits.maxCost) refuse('OPERATION_TOO_COSTLY', measured.cost, limits.maxCost);
  return measured;
}

/** Measures a valid operation; fragments count where they are spread, and each is walked once. */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  given: Readonly<Record<string, unknown>>,
): Measured {
  const operation = getOperationAST(document, operationName);
  const total: Measured = { depth: 0, aliases: 0, directives: 0, rootFields: 0, cost: 0 };
  if (operation === null || operation === undefined) return total;
  const variables = withDefaults(operation, given);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, Measured>();
  const measure = (set: SelectionSetNode, type: GraphQLNamedType | undefined, isPaged: boolean): Measured => {
    const sum: Measured = { depth: 0, aliases: 0, directives: 0, rootFields: 0, cost: 0 };
    for (const node of set.selections) {
      sum.directives += node.directives?.length ?? 0;
      if (node.kind === 'Field') addField(sum, node, type, isPaged);
      else if (node.kind === 'InlineFragment') {
        add(sum, measure(node.selectionSet, typeNamed(schema, node.typeCondition?.name.value) ?? type, isPaged));
      } else add(sum, measureFragment(node.name.value, isPaged));
    }
    return sum;
  };
  const measureFragment = (name: string, isPaged: boolean): Measured => {
    const key = `${name}:${isPaged}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const fragment = fragments.get(name);
    if (fragment === undefined) return { ...total };
    const measured = measure(fragment.selectionSet, typeNamed(schema, fragment.typeCondition.name.value), isPaged);
    known.set(key, measured);
    return measured;
  };
  const addField = (sum: Measured, node: FieldNode, parent: GraphQLNamedType | undefined, isPaged: boolean) => {
    if (node.alias !== undefined) sum.aliases += 1;
    sum.rootFields += 1;
    if (node.name.value.startsWith('__') && node.name.value !== '__typename') return;
    const field = fieldOf(parent, node.name.value);
    const type = field === undefined ? undefined : getNamedType(field.type);
    if (node.selectionSet === undefined || !isCompositeType(type)) {
      sum.depth = Math.max(sum.depth, 1);
      return;
    }
    const pageSize = pageSizeOf(node, variables);
    const items = field !== undefined && isList(field) && !isPaged ? assumedListSize : 1;
    const children = measure(node.selectionSet, type, pageSize !== null);
    sum.depth = Math.max(sum.depth, 1 + children.depth);
    sum.aliases += children.aliases;
    sum.directives += children.directives;
    sum.cost += (pageSize ?? items) * (1 + children.cost);
  };
  const root = schema.getRootType(operation.operation) ?? undefined;
  return measure(operation.selectionSet, root, false);
}

function add(sum: Measured, part: Measured): void {
  sum.depth = Math.max(sum.depth, part.depth);
  sum.aliases += part.aliases;
  sum.directives += part.directives;
  sum.rootFields += part.rootFields;
  sum.cost += part.cost;
}

function typeNamed(schema: GraphQLSchema, name: string | undefined): GraphQLNamedType | undefined {
  return name === undefined ? undefined : schema.getType(name);
}

function fieldOf(type: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

function isList(field: GraphQLField<unknown, unknown>): boolean {
  return isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
}

/** `first` or `last`, from the document, the variables or their defaults; null for a field that takes no page. */
function pageSizeOf(node: FieldNode, variables: Readonly<Record<string, unknown>>): number | null {
  const sizes = (node.arguments ?? [])
    .filter(({ name }) => name.value === 'first' || name.value === 'last')
    .map(({ value }) => {
      if (value.kind === 'IntValue') return Number(value.value);
      const given = value.kind === 'Variable' ? variables[value.name.value] : undefined;
      return typeof given === 'number' ? given : assumedListSize;
    });
  return sizes.length === 0 ? null : Math.max(0, ...sizes);
}

/** The variables with the operation's own defaults for those that are not given. */
function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === 'IntValue' && variables[variable.name.value] === undefined
      ? [[variable.name.value, Number(defaultValue.value)] as const]
      : [],
  );
  return defaults.length === 0 ? variables : { ...variables, ...Object.fromEntries(defaults) };
}
