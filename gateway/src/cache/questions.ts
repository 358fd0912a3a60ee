import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { CacheScope, Declaration, Declarations, KeptType } from './declarations.ts';
import { anyTags } from './tags.ts';

/** One thing that a fetch asks: the same of each of its representations, or a field of `Query`. */
export interface Question {
  /** Equal for questions in the same words, whatever they are called in their documents. */
  readonly name: string;
  /** Where its answer stands. */
  readonly alias: string;
  /** The variable that holds the entities it asks about; null for a field of `Query`. */
  readonly representations: string | null;
  /** The other variables that it uses. */
  readonly variables: readonly string[];
  /** What its answer is made from; for entities, below the entity itself. */
  readonly tags: readonly string[];
  readonly scope: CacheScope;
  readonly maxAgeMs: number;
}

/**
 * What a document asks of a subgraph, when every part of it may be kept: all that it selects is declared, by that
 * subgraph and no other. Null when anything is not: then nothing of it is kept.
 */
export function questionsOf(
  document: DocumentNode,
  subgraph: string,
  declarations: Declarations,
): readonly Question[] | null {
  const [operation] = document.definitions;
  if (document.definitions.length !== 1 || operation?.kind !== Kind.OPERATION_DEFINITION) return null;
  if (operation.operation !== OperationTypeNode.QUERY || (operation.directives?.length ?? 0) > 0) return null;
  const questions: Question[] = [];
  for (const selection of operation.selectionSet.selections) {
    // A condition on the whole question could leave it without an answer.
    if (selection.kind !== Kind.FIELD || (selection.directives?.length ?? 0) > 0) return null;
    const question = questionOf(selection, operation, subgraph, declarations);
    if (question === null) return null;
    questions.push(question);
  }
  return questions.length === 0 ? null : questions;
}

function questionOf(
  field: FieldNode,
  operation: OperationDefinitionNode,
  subgraph: string,
  declarations: Declarations,
): Question | null {
  const { selectionSet } = field;
  if (selectionSet === undefined) return null;
  const isEntities = field.name.value === '_entities';
  const representations = isEntities ? representationsOf(field) : null;
  if (isEntities && representations === null) return null;
  const found = new Map<string, KeptType>();
  const limits: Declaration[] = [];
  if (isEntities) {
    for (const selection of selectionSet.selections) {
      if (selection.kind !== Kind.INLINE_FRAGMENT || selection.typeCondition === undefined) return null;
      const type = declarations.types.get(selection.typeCondition.name.value);
      if (type?.subgraph !== subgraph) return null;
      limits.push(type);
      if (!isKept(selection.typeCondition.name.value, selection.selectionSet, subgraph, declarations, found))
        return null;
    }
  } else {
    const declaration = declarations.queries.get(field.name.value);
    const typeName = declarations.typeOf('Query', field.name.value);
    if (declaration === undefined || typeName === null) return null;
    if (!isKeptType(typeName, selectionSet, subgraph, declarations, found)) return null;
    limits.push(declaration);
  }
  limits.push(...found.values());
  const variables = variablesIn(field).filter((name) => name !== representations);
  const definitions = operation.variableDefinitions?.filter(({ variable }) => variables.includes(variable.name.value));
  const words = [subgraph, textOf(field, representations), ...(definitions ?? []).map(print)];
  return {
    name: createHash('sha256').update(words.join('\n')).digest('base64url').slice(0, 22),
    alias: field.alias?.value ?? field.name.value,
    representations,
    variables,
    tags: [...new Set([...found.values()].flatMap(({ topic }) => anyTags(topic)))],
    scope: limits.every(({ scope }) => scope === 'PUBLIC') ? 'PUBLIC' : 'RIGHTS',
    maxAgeMs: Math.min(...limits.map(({ maxAgeMs }) => maxAgeMs)),
  };
}

/** Relay's: says of the list that it stands in where it ends, and is made of nothing else. */
const ofItsList = 'PageInfo';

/** Whether all that is selected of a type may be kept; adds the types that are found on the way. */
function isKept(
  typeName: string,
  { selections }: SelectionSetNode,
  subgraph: string,
  declarations: Declarations,
  found: Map<string, KeptType>,
): boolean {
  return selections.every((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value ?? typeName;
      return condition === typeName && isKept(typeName, selection.selectionSet, subgraph, declarations, found);
    }
    if (selection.name.value === '__typename') return true;
    const inner = declarations.typeOf(typeName, selection.name.value);
    if (inner === null) return false;
    return (
      selection.selectionSet === undefined ||
      inner === ofItsList ||
      isKeptType(inner, selection.selectionSet, subgraph, declarations, found)
    );
  });
}

function isKeptType(
  typeName: string,
  selectionSet: SelectionSetNode,
  subgraph: string,
  declarations: Declarations,
  found: Map<string, KeptType>,
): boolean {
  const type = declarations.types.get(typeName);
  if (type?.subgraph !== subgraph) return false;
  found.set(typeName, type);
  return isKept(typeName, selectionSet, subgraph, declarations, found);
}

function representationsOf({ arguments: given }: FieldNode): string | null {
  const [only] = given ?? [];
  return given?.length === 1 && only?.name.value === 'representations' && only.value.kind === Kind.VARIABLE
    ? only.value.name.value
    : null;
}

function variablesIn(field: FieldNode): string[] {
  const names = new Set<string>();
  visit(field, { Variable: ({ name }) => void names.add(name.value) });
  return [...names].sort();
}

/** Without its alias and the name of its own variable, which differ between documents that ask the same. */
function textOf(field: FieldNode, representations: string | null): string {
  const { alias: _alias, ...plain } = field;
  return print(
    visit(plain, {
      Variable: (variable) =>
        variable.name.value === representations
          ? { ...variable, name: { kind: Kind.NAME, value: 'representations' } }
          : undefined,
    }),
  );
}
