import {
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type SelectionSetNode,
} from 'graphql';

/** What an operation answers at one place: a leaf, a list, or an object with the selected names. */
export interface Shape {
  readonly isNullable: boolean;
  readonly description: string | null;
  /** Of each item, when it is a list. */
  readonly item: Shape | null;
  readonly leaf: GraphQLLeafType | null;
  /** By response name; without failures and `__typename`, which no answer shows. */
  readonly fields: ReadonlyMap<string, Shape> | null;
  /** The failure types that may stand here instead. */
  readonly failures: readonly string[];
}

export interface ShapeContext {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The shape of a selection on a type, with the graph's own descriptions. */
export function shapeOf(
  context: ShapeContext,
  type: GraphQLOutputType,
  selection: SelectionSetNode | undefined,
  description: string | null = null,
): Shape {
  if (isNonNullType(type)) return { ...shapeOf(context, type.ofType, selection, description), isNullable: false };
  const none = { isNullable: true, description, item: null, leaf: null, fields: null, failures: [] };
  if (isListType(type)) return { ...none, item: shapeOf(context, type.ofType, selection) };
  if (isLeafType(type)) return { ...none, leaf: type };
  const fields = new Map<string, Shape>();
  if (selection !== undefined) collect(context, type, selection, fields, false);
  return { ...none, fields, failures: failuresOf(context.schema, type) };
}

/** The shape at a path; a path through lists is a list. Undefined when nothing is selected there. */
export function shapeAt(shape: Shape, path: string): Shape | undefined {
  const [name, ...rest] = path.split('.');
  if (name === undefined || name === '') return shape;
  if (shape.item !== null) {
    const inner = shapeAt(shape.item, path);
    if (inner === undefined) return undefined;
    return inner.item === null ? { ...shape, item: { ...inner, isNullable: false } } : inner;
  }
  const field = shape.fields?.get(name);
  return field === undefined || rest.length === 0 ? field : shapeAt(field, rest.join('.'));
}

/** Types of expected failures: what implements `Failure`. */
export function isFailure(type: GraphQLNamedType): boolean {
  return type.name === 'Failure' || (isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Failure'));
}

function collect(
  context: ShapeContext,
  type: GraphQLNamedType,
  selection: SelectionSetNode,
  into: Map<string, Shape>,
  isPartial: boolean,
): void {
  if (isFailure(type)) return;
  for (const node of selection.selections) {
    if (node.kind === 'Field') {
      const name = node.name.value;
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (field === undefined) continue;
      const shape = shapeOf(context, field.type, node.selectionSet, field.description ?? null);
      const isOptional =
        isPartial || node.directives?.some(({ name: { value } }) => value === 'include' || value === 'skip');
      into.set(node.alias?.value ?? name, isOptional ? { ...shape, isNullable: true } : shape);
      continue;
    }
    const fragment = node.kind === 'InlineFragment' ? node : context.fragments.get(node.name.value);
    if (fragment === undefined) continue;
    const named = fragment.typeCondition?.name.value;
    const inner = named === undefined ? type : context.schema.getType(named);
    if (inner !== undefined)
      collect(context, inner, fragment.selectionSet, into, isPartial || isOneOfMany(type, inner, context));
  }
}

/** Whether several types may stand here beside failures, so that a member's fields may be missing. */
function isOneOfMany(type: GraphQLNamedType, inner: GraphQLNamedType, { schema }: ShapeContext): boolean {
  if (type === inner || (!isUnionType(type) && !isInterfaceType(type))) return false;
  return schema.getPossibleTypes(type).filter((member) => !isFailure(member)).length > 1;
}

function failuresOf(schema: GraphQLSchema, type: GraphQLNamedType): string[] {
  const named = getNamedType(type);
  if (!isUnionType(named)) return [];
  return schema
    .getPossibleTypes(named)
    .filter(isFailure)
    .map(({ name }) => name);
}
