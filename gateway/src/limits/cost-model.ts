import { type ConstDirectiveNode, type DirectiveNode, parse, valueFromASTUntyped } from 'graphql';

/** How long a list is taken to be: `@listSize`. */
export interface ListSize {
  readonly assumedSize: number | null;
  /** Arguments whose value is the size, the largest of those given. */
  readonly slicingArguments: readonly string[];
  /** Fields below that hold the list, such as a connection's `edges`; none when the field is the list itself. */
  readonly sizedFields: readonly string[];
  readonly requiresOneSlicingArgument: boolean;
}

export interface FieldCost {
  /** `@cost` on the field; null when its type says. */
  readonly weight: number | null;
  readonly listSize: ListSize | null;
  readonly argumentWeights: ReadonlyMap<string, number>;
}

/** What the graph's own `@cost` and `@listSize` say, as subgraphs declared them. */
export interface CostModel {
  fieldOf(type: string, field: string): FieldCost | undefined;
  /** `@cost` of an object, enum or scalar type. */
  typeWeight(type: string): number | undefined;
}

/** Reads the directives of a supergraph's SDL. Types and fields without them have the defaults of `measure-cost.ts`. */
export function createCostModel(supergraphSdl: string): CostModel {
  const types = new Map<string, number>();
  const fields = new Map<string, FieldCost>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!('name' in definition) || definition.name === undefined || !('directives' in definition)) continue;
    const type = definition.name.value;
    const weight = weightOf(definition.directives);
    if (weight !== null) types.set(type, weight);
    if (definition.kind !== 'ObjectTypeDefinition' && definition.kind !== 'InterfaceTypeDefinition') continue;
    for (const field of definition.fields ?? []) {
      const cost: FieldCost = {
        weight: weightOf(field.directives),
        listSize: listSizeOf(field.directives),
        argumentWeights: new Map(
          (field.arguments ?? []).flatMap((argument) => {
            const argumentWeight = weightOf(argument.directives);
            return argumentWeight === null ? [] : [[argument.name.value, argumentWeight] as const];
          }),
        ),
      };
      if (cost.weight !== null || cost.listSize !== null || cost.argumentWeights.size > 0)
        fields.set(`${type}.${field.name.value}`, cost);
    }
  }
  return {
    fieldOf: (type, field) => fields.get(`${type}.${field}`),
    typeWeight: (type) => types.get(type),
  };
}

type Directives = readonly (DirectiveNode | ConstDirectiveNode)[] | undefined;

function weightOf(directives: Directives): number | null {
  const weight = argumentsOf(directives, 'cost')?.weight;
  return typeof weight === 'number' ? weight : null;
}

function listSizeOf(directives: Directives): ListSize | null {
  const given = argumentsOf(directives, 'listSize');
  if (given === null) return null;
  return {
    assumedSize: typeof given.assumedSize === 'number' ? given.assumedSize : null,
    slicingArguments: namesIn(given.slicingArguments),
    sizedFields: namesIn(given.sizedFields),
    requiresOneSlicingArgument: given.requireOneSlicingArgument !== false,
  };
}

function argumentsOf(directives: Directives, name: string): Readonly<Record<string, unknown>> | null {
  const directive = directives?.find((one) => one.name.value === name);
  if (directive === undefined) return null;
  return Object.fromEntries((directive.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value)]));
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
