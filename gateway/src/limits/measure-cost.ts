import { AppError } from '@cauce/shared/errors/app-error';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { CostModel, FieldCost, ListSize } from './cost-model.ts';

/** Items that a list without a declared size is taken to hold. */
const assumedListSize = 10;
/** A change is a transaction, whatever it answers. */
const mutationWeight = 10;

export interface CostQuestion {
  readonly schema: GraphQLSchema;
  readonly model: CostModel;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As sent; the operation's own defaults are added here. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * What an operation may cost at most, before it runs: each object counts 1 and each leaf 0 unless `@cost` says
 * otherwise, times the sizes of the lists they stand in, which are those asked for (`@listSize`). The sum of what all
 * types of an abstract field would cost, as it cannot be known which of them come. Walks each fragment once for each
 * place that sizes its fields differently. Throws OPERATION_TOO_COSTLY for a list that must be given a size and is not.
 */
export function measureCost({ schema, model, document, operation, variables: given }: CostQuestion): number {
  const variables = withDefaults(operation, given);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, number>();

  const ofSelections = (set: SelectionSetNode, type: GraphQLNamedType | undefined, sized: Sized): number => {
    let sum = 0;
    for (const node of set.selections) {
      if (node.kind === 'Field') sum += ofField(node, type, sized);
      else if (node.kind === 'FragmentSpread') sum += ofFragment(node.name.value, sized);
      else {
        const condition = node.typeCondition;
        const inner = condition === undefined ? type : schema.getType(condition.name.value);
        sum += ofSelections(node.selectionSet, inner, sized);
      }
    }
    return sum;
  };

  const ofFragment = (name: string, sized: Sized): number => {
    const key = sized === null ? name : `${name} ${sized.size} ${sized.fields.join()}`;
    const measured = known.get(key);
    if (measured !== undefined) return measured;
    const fragment = fragments.get(name);
    if (fragment === undefined) return 0;
    const cost = ofSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value), sized);
    known.set(key, cost);
    return cost;
  };

  const ofField = (node: FieldNode, parent: GraphQLNamedType | undefined, sized: Sized): number => {
    const name = node.name.value;
    if (!(isObjectType(parent) || isInterfaceType(parent)) || name.startsWith('__')) return 0;
    const field = parent.getFields()[name];
    if (field === undefined) return 0;
    const cost = model.fieldOf(parent.name, name);
    const type = getNamedType(field.type);
    const size = cost?.listSize == null ? null : sizeOf(node, cost.listSize, variables);
    const sizedFields = cost?.listSize?.sizedFields ?? [];
    const isSized = sized?.fields.includes(name) === true;
    const items = isList(field.type)
      ? isSized
        ? sized.size
        : sizedFields.length > 0
          ? 1
          : (size ?? assumedListSize)
      : 1;
    const own = cost?.weight ?? model.typeWeight(type.name) ?? (isCompositeType(type) ? 1 : 0);
    const below = sizedFields.length > 0 && size !== null ? { size, fields: sizedFields } : null;
    const children = node.selectionSet === undefined ? 0 : ofSelections(node.selectionSet, type, below);
    return items * (own + children) + argumentCost(node, cost);
  };

  const root = schema.getRootType(operation.operation) ?? undefined;
  const cost = ofSelections(operation.selectionSet, root, null);
  return operation.operation === 'mutation' ? cost + mutationWeight : cost;
}

/** The size that a field gave to some of the fields below it. */
type Sized = { readonly size: number; readonly fields: readonly string[] } | null;

function sizeOf(node: FieldNode, listSize: ListSize, variables: Readonly<Record<string, unknown>>): number {
  const { slicingArguments, assumedSize, requiresOneSlicingArgument } = listSize;
  const sizes = (node.arguments ?? [])
    .filter(({ name }) => slicingArguments.includes(name.value))
    .map(({ value }): unknown => valueFromASTUntyped(value, variables))
    .filter((value) => typeof value === 'number');
  if (slicingArguments.length > 0 && requiresOneSlicingArgument && sizes.length !== 1) {
    throw new AppError(
      'OPERATION_TOO_COSTLY',
      `${node.name.value} needs exactly one of ${slicingArguments.join(', ')} to say how much is asked for`,
    );
  }
  return sizes.length > 0 ? Math.max(0, ...sizes) : (assumedSize ?? assumedListSize);
}

function argumentCost(node: FieldNode, cost: FieldCost | undefined): number {
  if (cost === undefined || cost.argumentWeights.size === 0) return 0;
  return (node.arguments ?? []).reduce((sum, { name }) => sum + (cost.argumentWeights.get(name.value) ?? 0), 0);
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** The variables with the operation's own defaults for those that are not given. */
function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue !== undefined && variables[variable.name.value] === undefined
      ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const]
      : [],
  );
  return defaults.length === 0 ? variables : { ...variables, ...Object.fromEntries(defaults) };
}
