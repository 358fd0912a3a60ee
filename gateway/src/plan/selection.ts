import { AppError } from '@cauce/shared/errors/app-error';
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { createPlanNames, type PlanNames } from './plan-names.ts';

/** What the client selects, with fragments spread out and `@skip` and `@include` decided. */
export type Selection = SelectedField | SelectedFragment;

export interface SelectedField {
  readonly kind: 'field';
  /** The client's name for it: its alias, or the field's own name. */
  readonly responseName: string;
  /** The name it is planned, fetched and held under; see `plan-names.ts`. */
  readonly planName: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  readonly node: FieldNode;
  /** Directives that subgraphs may read. */
  readonly directives: readonly DirectiveNode[];
  readonly selections: readonly Selection[] | null;
  /** The viewer may not see it: it is fetched for nobody and shown as null, with an error. */
  readonly isDenied: boolean;
}

export interface SelectedFragment {
  readonly kind: 'fragment';
  readonly typeCondition: GraphQLCompositeType;
  readonly selections: readonly Selection[];
  /** Set where the client lets the fragment come later. */
  readonly defer: DeferMark | null;
}

export interface DeferMark {
  /** The client's label. */
  readonly label: string | null;
  /** A label of ours, which no other fragment of the operation has. */
  readonly planLabel: string;
}

export interface SelectedOperation {
  readonly node: OperationDefinitionNode;
  readonly rootType: GraphQLCompositeType;
  readonly selections: readonly Selection[];
}

/** Values of the Boolean variables that decide `@skip` and `@include`. */
export type Conditions = ReadonlyMap<string, boolean>;

/** Whether the viewer may not see a field of a type. */
export type IsDenied = (parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>) => boolean;

/** Fragments that spread fragments grow without bound; what is larger than this is refused, not planned. */
const maxSelections = 20_000;

/** Directives that the gateway itself has obeyed by the time an operation is planned. */
const ownDirectives = new Set(['skip', 'include', 'defer', 'stream']);

/** Reads one valid operation. Throws `OPERATION_TOO_COSTLY` when its fragments spread out to too much. */
export function selectOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  node: OperationDefinitionNode,
  conditions: Conditions,
  isDenied: IsDenied = () => false,
  isDeferring = false,
): SelectedOperation {
  const rootType = schema.getRootType(node.operation);
  if (!rootType) throw new AppError('GRAPHQL_VALIDATION_FAILED', `The graph has no ${node.operation} type`);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  const reading: Reading = {
    schema,
    fragments,
    conditions,
    isDenied,
    isDeferring,
    names: createPlanNames(schema),
    count: 0,
    defers: 0,
  };
  return { node, rootType, selections: readSelections(reading, node.selectionSet, rootType) };
}

interface Reading {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly conditions: Conditions;
  readonly isDenied: IsDenied;
  readonly isDeferring: boolean;
  readonly names: PlanNames;
  count: number;
  defers: number;
}

function readSelections(reading: Reading, set: SelectionSetNode, parent: GraphQLCompositeType): Selection[] {
  const found: Selection[] = [];
  const spread = new Set<string>();
  for (const node of set.selections) {
    if (!isIncluded(node.directives, reading.conditions)) continue;
    reading.count += 1;
    if (reading.count > maxSelections) {
      throw new AppError('OPERATION_TOO_COSTLY', `The operation selects more than ${maxSelections} fields`, {
        detail: { limit: maxSelections },
      });
    }
    if (node.kind === 'Field') {
      found.push(readField(reading, node, parent));
      continue;
    }
    const defer = deferMark(reading, node.directives);
    if (node.kind === 'FragmentSpread' && defer === null) {
      if (spread.has(node.name.value)) continue;
      spread.add(node.name.value);
    }
    const definition = node.kind === 'FragmentSpread' ? reading.fragments.get(node.name.value) : node;
    if (definition === undefined) continue;
    const condition = definition.typeCondition && reading.schema.getType(definition.typeCondition.name.value);
    const typeCondition = isCompositeType(condition) ? condition : parent;
    const selections = readSelections(reading, definition.selectionSet, typeCondition);
    if (typeCondition === parent && defer === null) found.push(...selections);
    else found.push({ kind: 'fragment', typeCondition, selections, defer });
  }
  return found;
}

/** More than this are answered with the rest: each is a payload, and every object in a list has its own. */
const maxDefers = 32;

function deferMark(reading: Reading, directives: readonly DirectiveNode[] | undefined): DeferMark | null {
  const directive = directives?.find(({ name }) => name.value === 'defer');
  if (!reading.isDeferring || directive === undefined || reading.defers >= maxDefers) return null;
  const given = (name: string) => directive.arguments?.find((argument) => argument.name.value === name)?.value;
  const condition = given('if');
  if (condition?.kind === 'BooleanValue' && !condition.value) return null;
  if (condition?.kind === 'Variable' && reading.conditions.get(condition.name.value) !== true) return null;
  reading.defers += 1;
  const label = given('label');
  return { label: label?.kind === 'StringValue' ? label.value : null, planLabel: `part${reading.defers}` };
}

function readField(reading: Reading, node: FieldNode, parent: GraphQLCompositeType): SelectedField {
  const name = node.name.value;
  const field = fieldNamed(reading.schema, parent, name);
  const directives = (node.directives ?? []).filter((directive) => !ownDirectives.has(directive.name.value));
  const inner = getNamedType(field.type);
  const isDenied = reading.isDenied(parent, field);
  return {
    kind: 'field',
    responseName: node.alias?.value ?? name,
    planName: reading.names.nameFor(field, node, directives),
    name,
    type: field.type,
    node,
    directives,
    selections:
      !isDenied && node.selectionSet !== undefined && isCompositeType(inner)
        ? readSelections(reading, node.selectionSet, inner)
        : null,
    isDenied,
  };
}

/** The definition of a field, introspection included. The operation is valid, so it exists. */
export function fieldNamed(schema: GraphQLSchema, parent: GraphQLCompositeType, name: string) {
  if (name === '__typename') return TypeNameMetaFieldDef;
  if (name === '__schema' && parent === schema.getQueryType()) return SchemaMetaFieldDef;
  if (name === '__type' && parent === schema.getQueryType()) return TypeMetaFieldDef;
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  if (field === undefined) throw new AppError('GRAPHQL_VALIDATION_FAILED', `No field ${parent.name}.${name}`);
  return field;
}

function isIncluded(directives: readonly DirectiveNode[] | undefined, conditions: Conditions): boolean {
  if (directives === undefined) return true;
  return directives.every(({ name, arguments: given }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const value = given?.[0]?.value;
    const isOn =
      value?.kind === 'Variable'
        ? conditions.get(value.name.value) === true
        : value?.kind === 'BooleanValue' && value.value;
    return isOn === (name.value === 'include');
  });
}
