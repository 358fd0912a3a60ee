import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInputObjectType,
  isInputType,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  typeFromAST,
  validate,
  valueFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type Shape, shapeOf } from './shape.ts';

/** One operation file, understood: what it asks for and what it answers. */
export interface RestOperation {
  /** Of the file. */
  readonly name: string;
  /** Of the operation in it, by which usage and traces know it. */
  readonly operationName: string;
  readonly source: string;
  readonly document: DocumentNode;
  readonly kind: OperationDefinitionNode['operation'];
  readonly variables: readonly OperationVariable[];
  readonly shape: Shape;
  /** The variable behind a field of the input, by the field's path: how a failure's field finds its parameter. */
  readonly variableOfField: ReadonlyMap<string, string>;
}

export interface OperationVariable {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly defaultValue: unknown;
  /** The graph's own words for the argument or field it fills. */
  readonly description: string | null;
}

/** Reads an operation against the graph. Throws one sentence that names the file and its first fault. */
export function readOperation(name: string, source: string, schema: GraphQLSchema): RestOperation {
  const fail = (why: string): never => {
    throw new Error(`The REST operation ${name}.graphql does not fit the graph: ${why}`);
  };
  const document = parseOperation(source, fail);
  const [fault] = validate(schema, document);
  if (fault !== undefined) return fail(fault.message);
  const operation = getOperationAST(document);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root || operation.operation === 'subscription') {
    return fail('it must hold exactly one query or mutation');
  }
  const operationName = operation.name?.value;
  if (operationName === undefined) return fail('its operation needs a name');
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === 'FragmentDefinition') fragments.set(one.name.value, one);
  const shape = shapeOf({ schema, fragments }, root, operation.selectionSet);
  const uses = usesOfVariables(schema, document);
  const variables = (operation.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => {
    const inputType = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]);
    if (!isInputType(inputType)) return fail(`$${variable.name.value} has no type`);
    return {
      name: variable.name.value,
      type: inputType,
      defaultValue: defaultValue === undefined ? undefined : valueFromAST(defaultValue, inputType),
      description: uses.descriptions.get(variable.name.value) ?? null,
    };
  });
  for (const node of operation.selectionSet.selections) {
    const field = node.kind === 'Field' ? shape.fields?.get(node.alias?.value ?? node.name.value) : undefined;
    if (field === undefined || field.failures.length === 0 || node.kind !== 'Field') continue;
    const asksType = node.selectionSet?.selections.some(
      (one) => one.kind === 'Field' && one.name.value === '__typename',
    );
    if (asksType !== true) return fail(`${node.name.value} can fail, so its __typename must be selected`);
  }
  return {
    name,
    operationName,
    source,
    document,
    kind: operation.operation,
    variables,
    shape,
    variableOfField: uses.fields,
  };
}

function parseOperation(source: string, fail: (why: string) => never): DocumentNode {
  try {
    return parse(source);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function usesOfVariables(schema: GraphQLSchema, document: DocumentNode) {
  const descriptions = new Map<string, string>();
  const fields = new Map<string, string>();
  const info = new TypeInfo(schema);
  const path: string[] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      ObjectField: {
        enter: (node) => {
          path.push(node.name.value);
        },
        leave: () => {
          path.pop();
        },
      },
      Variable(node, _key, parent) {
        if (parent === undefined || !('kind' in parent)) return;
        if (parent.kind === 'Argument') {
          const description = info.getArgument()?.description;
          if (description) keepFirst(descriptions, node.name.value, description);
          keepFirst(fields, parent.name.value, node.name.value);
        }
        if (parent.kind === 'ObjectField') {
          const holder = getNamedType(info.getParentInputType() ?? undefined);
          const field = isInputObjectType(holder) ? holder.getFields()[parent.name.value] : undefined;
          if (field?.description) keepFirst(descriptions, node.name.value, field.description);
          keepFirst(fields, path.join('.'), node.name.value);
        }
      },
    }),
  );
  return { descriptions, fields };
}

function keepFirst(map: Map<string, string>, key: string, value: string): void {
  if (!map.has(key)) map.set(key, value);
}
