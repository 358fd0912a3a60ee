import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import type { SelectedOperation, Selection } from './selection.ts';

export interface PlannedDocument {
  readonly document: DocumentNode;
  /** The client's name of each variable that had to be renamed, by its new name. */
  readonly renamedVariables: ReadonlyMap<string, string>;
}

/** The variable that the planner's own entity queries use. */
const reservedVariable = 'representations';

/**
 * The operation as it goes to the planner: under plan names, equal fields merged, without introspection. Null when
 * nothing is left to fetch.
 */
export function plannedDocument(schema: GraphQLSchema, operation: SelectedOperation): PlannedDocument | null {
  const selections = mergedSelections(
    schema,
    operation.selections,
    operation.rootType,
    possibleTypes(schema, operation.rootType),
    true,
  );
  if (selections.length === 0) return null;
  const { node } = operation;
  const definition: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: node.operation,
    ...(node.name === undefined ? {} : { name: node.name }),
    variableDefinitions: node.variableDefinitions ?? [],
    directives: [],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  return freeReservedVariable({ kind: Kind.DOCUMENT, definitions: [definition] }, definition.variableDefinitions ?? []);
}

function mergedSelections(
  schema: GraphQLSchema,
  selections: readonly Selection[],
  parent: GraphQLCompositeType,
  possible: ReadonlySet<GraphQLObjectType>,
  isRoot = false,
): SelectionNode[] {
  const fields = new Map<string, { readonly selection: Selection & { kind: 'field' }; inner: Selection[] }>();
  const fragments = new Map<GraphQLCompositeType, Selection[]>();
  const deferred: (Selection & { kind: 'fragment' })[] = [];
  for (const selection of selections) {
    if (selection.kind === 'fragment') {
      if (selection.defer !== null) {
        deferred.push(selection);
        continue;
      }
      for (const type of conditionsWithin(schema, selection.typeCondition, parent, possible)) {
        fragments.set(type, [...(fragments.get(type) ?? []), ...selection.selections]);
      }
      continue;
    }
    if (selection.isDenied || (isRoot && selection.name.startsWith('__'))) continue;
    const known = fields.get(selection.planName);
    if (known === undefined) fields.set(selection.planName, { selection, inner: [...(selection.selections ?? [])] });
    else known.inner.push(...(selection.selections ?? []));
  }
  const merged: SelectionNode[] = [];
  // Which fragment applies is read off `__typename`, and no subgraph has to send that unasked.
  if (!isRoot && isAbstractType(parent) && !fields.has('__typename') && tellsTypesApart(schema, parent, fragments)) {
    merged.push({ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } });
  }
  for (const { selection, inner } of fields.values()) merged.push(fieldNode(schema, selection, inner));
  for (const [typeCondition, inner] of fragments) {
    const left = common(possibleTypes(schema, typeCondition), possible);
    const nodes = mergedSelections(schema, inner, typeCondition, left, isRoot);
    if (nodes.length === 0) continue;
    merged.push({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeCondition.name } },
      selectionSet: { kind: Kind.SELECTION_SET, selections: nodes },
    });
  }
  for (const { defer, ...fragment } of deferred) {
    const nodes = mergedSelections(schema, [{ ...fragment, defer: null }], parent, possible, isRoot);
    if (nodes.length > 0 && defer !== null) merged.push(deferredFragment(defer.planLabel, nodes));
  }
  return merged;
}

function deferredFragment(label: string, selections: readonly SelectionNode[]): SelectionNode {
  const argument: ArgumentNode = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'label' },
    value: { kind: Kind.STRING, value: label },
  };
  return {
    kind: Kind.INLINE_FRAGMENT,
    directives: [{ kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' }, arguments: [argument] }],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

/**
 * What a type condition means for the objects that can stand there. Conditions that fit one by one may leave no type
 * together, and an abstract type that overlaps with the one around it is nothing that all subgraphs need to know:
 * Apollo's planner fails on both.
 */
function conditionsWithin(
  schema: GraphQLSchema,
  condition: GraphQLCompositeType,
  parent: GraphQLCompositeType,
  possible: ReadonlySet<GraphQLObjectType>,
): readonly GraphQLCompositeType[] {
  const left = common(possibleTypes(schema, condition), possible);
  if (left.size === 0) return [];
  const isOverlap = isAbstractType(condition) && isAbstractType(parent) && left.size < possible.size;
  const isWithin = isOverlap && isInterfaceType(condition) && schema.isSubType(parent, condition);
  return isOverlap && !isWithin ? [...left] : [condition];
}

function common(a: ReadonlySet<GraphQLObjectType>, b: ReadonlySet<GraphQLObjectType>): ReadonlySet<GraphQLObjectType> {
  return new Set([...a].filter((type) => b.has(type)));
}

function possibleTypes(schema: GraphQLSchema, type: GraphQLCompositeType): ReadonlySet<GraphQLObjectType> {
  return new Set(isAbstractType(type) ? schema.getPossibleTypes(type) : [type]);
}

function tellsTypesApart(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
  fragments: ReadonlyMap<GraphQLCompositeType, unknown>,
): boolean {
  const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [];
  return [...fragments.keys()].some((type) =>
    isObjectType(type)
      ? possible.some((other) => other !== type)
      : possible.some((other) => !schema.isSubType(type, other)),
  );
}

function fieldNode(schema: GraphQLSchema, selection: Selection & { kind: 'field' }, inner: Selection[]): FieldNode {
  const type = getNamedType(selection.type);
  const given: readonly ArgumentNode[] = selection.node.arguments ?? [];
  return {
    kind: Kind.FIELD,
    ...(selection.planName === selection.name ? {} : { alias: { kind: Kind.NAME, value: selection.planName } }),
    name: { kind: Kind.NAME, value: selection.name },
    arguments: given,
    directives: selection.directives,
    ...(isCompositeType(type)
      ? { selectionSet: { kind: Kind.SELECTION_SET, selections: innerNodes(schema, inner, type) } }
      : {}),
  };
}

/** Skipping everything inside an object still asks for the object. */
function innerNodes(schema: GraphQLSchema, inner: Selection[], type: GraphQLCompositeType): SelectionNode[] {
  const nodes = mergedSelections(schema, inner, type, possibleTypes(schema, type));
  return nodes.length > 0 ? nodes : [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }];
}

function freeReservedVariable(document: DocumentNode, definitions: readonly VariableDefinitionNode[]): PlannedDocument {
  const names = new Set(definitions.map(({ variable }) => variable.name.value));
  if (!names.has(reservedVariable)) return { document, renamedVariables: new Map() };
  let name = `${reservedVariable}_`;
  while (names.has(name)) name += '_';
  const renamed = visit(document, {
    Variable: (node) =>
      node.name.value === reservedVariable ? { ...node, name: { kind: Kind.NAME, value: name } } : undefined,
  });
  return { document: renamed, renamedVariables: new Map([[name, reservedVariable]]) };
}
