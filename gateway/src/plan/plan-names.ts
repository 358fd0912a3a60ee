import {
  type DirectiveNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  print,
} from 'graphql';

export interface PlanNames {
  nameFor(field: GraphQLField<unknown, unknown>, node: FieldNode, directives: readonly DirectiveNode[]): string;
}

/**
 * Names fields for planning. The planner adds keys and required fields under their own names, so a client's alias
 * must never stand there: every field is planned under a name that says what it is, and the alias comes back when the
 * answer is shaped. A field without arguments keeps its own name, because then it is the planner's field as well;
 * one with arguments gets a name for this field with these arguments, and so does one whose type differs from a
 * namesake's, which could not stand beside it in one query. Objects under two aliases stay two: an error inside one
 * must not make the other null.
 */
export function createPlanNames(schema: GraphQLSchema): PlanNames {
  const taken = fieldNamesOf(schema);
  const byMeaning = new Map<string, string>();
  const ownNameMeans = new Map<string, string>();
  const invent = (name: string) => {
    let count = 1;
    while (taken.has(`${name}__${count}`)) count += 1;
    const invented = `${name}__${count}`;
    taken.add(invented);
    return invented;
  };
  return {
    nameFor(field, node, directives) {
      if (field.name.startsWith('__')) return field.name;
      const shape = shapeOf(field.type);
      const isPlain = field.args.length === 0 && directives.length === 0;
      const given = (node.arguments ?? []).map((argument) => print(argument)).sort();
      const applied = directives.map((directive) => print(directive));
      const alias = isCompositeType(getNamedType(field.type)) ? (node.alias?.value ?? field.name) : field.name;
      const meaning = [field.name, alias, shape, ...given, ...applied].join('\n');
      if (isPlain && alias === field.name) {
        const known = ownNameMeans.get(field.name) ?? meaning;
        ownNameMeans.set(field.name, known);
        if (known === meaning) return field.name;
      }
      const name = byMeaning.get(meaning) ?? invent(field.name);
      byMeaning.set(meaning, name);
      return name;
    },
  };
}

/** What has to agree for two fields to share a name: lists, nulls and leaf types, but not which objects. */
function shapeOf(type: GraphQLOutputType): string {
  if (isNonNullType(type)) return `${shapeOf(type.ofType)}!`;
  if (isListType(type)) return `[${shapeOf(type.ofType)}]`;
  return isLeafType(type) ? type.name : '{}';
}

function fieldNamesOf(schema: GraphQLSchema): Set<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) || isInterfaceType(type)) for (const name of Object.keys(type.getFields())) names.add(name);
  }
  return names;
}
