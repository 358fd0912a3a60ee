import {
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { fieldNamed, type SelectedField, type SelectedOperation, type Selection } from '../plan/selection.ts';
import { createGeneratedCode, type GeneratedCode, literal, literalKey, read } from './generated-code.ts';
import type { JsonObject } from './json-object.ts';
import { leafCheck } from './leaf-check.ts';
import type { Run } from './run.ts';

/** Shapes what was fetched into what the client asked for; null when a null has risen to the top. */
export type Project = (data: JsonObject, run: Run) => JsonObject | null;

/**
 * Writes the function that answers one operation: the client's names and order, the fields of each runtime type,
 * values checked against their types, and nulls risen to where they are allowed. Everything that was fetched for the
 * plan's own use stays behind.
 */
export function compileProjection(schema: GraphQLSchema, operation: SelectedOperation): Project {
  const code = createGeneratedCode();
  const root = addObjectFunction({ schema, code }, operation.rootType, [operation.selections], 0);
  return code.build<Project>(root);
}

/** The same for some selections on objects of one type, or of the types of an abstract one. */
export function compileSelectionProjection(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  selections: readonly Selection[],
): Project {
  const code = createGeneratedCode();
  return code.build<Project>(addCompositeFunction({ schema, code }, type, [selections], 0));
}

interface Context {
  readonly schema: GraphQLSchema;
  readonly code: GeneratedCode;
}

/** A field of the answer with everything that was selected inside it, wherever it stood. */
interface MergedField {
  readonly field: SelectedField;
  readonly inner: (readonly Selection[])[];
}

/** A function `(source, run)` for objects of one type, or of any type for which the same is selected. */
function addObjectFunction(
  context: Context,
  type: GraphQLCompositeType,
  selections: readonly (readonly Selection[])[],
  depth: number,
  fields: ReadonlyMap<string, MergedField> = mergedFields(context.schema, type, selections),
): string {
  const name = context.code.unique('object');
  const body: string[] = [];
  const entries: string[] = [];
  for (const [responseName, { field, inner }] of fields) {
    const value = context.code.unique('v');
    body.push(fieldText(context, type, responseName, field, inner, value, depth));
    entries.push(`${literalKey(responseName)}: ${value}`);
  }
  context.code.add(`function ${name}(source, run) {\n${body.join('\n')}\nreturn { ${entries.join(', ')} };\n}`);
  return name;
}

function fieldText(
  context: Context,
  parent: GraphQLCompositeType,
  responseName: string,
  field: SelectedField,
  inner: readonly (readonly Selection[])[],
  value: string,
  depth: number,
): string {
  if (field.name === '__typename') {
    // An interface object's `__typename` may still be the interface's: then nobody knows the type.
    return isObjectType(parent)
      ? `const ${value} = ${literal(parent.name)};`
      : `run.path[${depth}] = ${literal(responseName)};\nconst ${value} = run.violated(${depth + 1}, ${whatText(context, parent, field)}, source);\nreturn null;`;
  }
  if (field.name.startsWith('__')) return `const ${value} = run.introspection[${literal(responseName)}] ?? null;`;
  const type = typeIn(context.schema, parent, field);
  if (field.isDenied) {
    const denied = `run.path[${depth}] = ${literal(responseName)};\nconst ${value} = run.denied(${depth + 1}, ${whatText(context, parent, field)});`;
    return isNonNullType(type) ? `${denied}\nreturn null;` : denied;
  }
  return [
    `let ${value} = ${read('source', field.planName)};`,
    valueText(
      context,
      type,
      inner,
      value,
      depth,
      literal(responseName),
      whatText(context, parent, field),
      'return null;',
    ),
  ].join('\n');
}

/**
 * Statements that turn `value`, as fetched, into its answer. `place` is its key or index, written into the path at
 * `depth` before anything can go wrong; `rise` leaves for the parent when a null may not stay here.
 */
function valueText(
  context: Context,
  type: GraphQLOutputType,
  inner: readonly (readonly Selection[])[],
  value: string,
  depth: number,
  place: string,
  what: string,
  rise: string,
): string {
  const nullable = isNonNullType(type) ? type.ofType : type;
  const text = nullableText(context, nullable, inner, value, depth, place, what);
  if (!isNonNullType(type)) return text;
  return `${text}\nif (${value} === null) { run.path[${depth}] = ${place}; run.violated(${depth + 1}, ${what}, source); ${rise} }`;
}

function nullableText(
  context: Context,
  type: GraphQLOutputType,
  inner: readonly (readonly Selection[])[],
  value: string,
  depth: number,
  place: string,
  what: string,
): string {
  const invalid = `{ run.path[${depth}] = ${place}; ${value} = run.invalid(${depth + 1}, ${what}); }`;
  if (isListType(type)) {
    const [list, item, index, length, label] = ['list', 'item', 'i', 'n', 'L'].map(context.code.unique);
    const itemText = valueText(
      context,
      type.ofType,
      inner,
      `${item}`,
      depth + 1,
      `${index}`,
      what,
      `${value} = null; break ${label};`,
    );
    return [
      `if (${value} === undefined || ${value} === null) ${value} = null;`,
      `else if (!Array.isArray(${value})) ${invalid}`,
      `else ${label}: {`,
      `run.path[${depth}] = ${place};`,
      `const ${length} = ${value}.length, ${list} = new Array(${length});`,
      `for (let ${index} = 0; ${index} < ${length}; ${index}++) {`,
      `let ${item} = ${value}[${index}];`,
      itemText,
      `${list}[${index}] = ${item};`,
      '}',
      `${value} = ${list};`,
      '}',
    ].join('\n');
  }
  if (isCompositeType(type)) {
    const project = addCompositeFunction(context, type, inner, depth + 1);
    return [
      `if (${value} === undefined || ${value} === null) ${value} = null;`,
      `else if (typeof ${value} !== 'object' || Array.isArray(${value})) ${invalid}`,
      `else { run.path[${depth}] = ${place}; ${value} = ${project}(${value}, run); }`,
    ].join('\n');
  }
  const check = leafCheck(context.code, type, value);
  if (check === null) return `if (${value} === undefined) ${value} = null;`;
  return `if (!(${check})) { if (${value} === undefined || ${value} === null) ${value} = null; else ${invalid} }`;
}

/** The function for a field's objects; for an interface or union it first looks which type each object has. */
function addCompositeFunction(
  context: Context,
  type: GraphQLCompositeType,
  inner: readonly (readonly Selection[])[],
  depth: number,
): string {
  if (!isAbstractType(type)) return addObjectFunction(context, type, inner, depth);
  const cases: string[] = [];
  for (const { types, fields } of groupedBySelection(context.schema, type, inner)) {
    const [first] = types;
    if (first === undefined) continue;
    const project = addObjectFunction(context, first, inner, depth, fields);
    cases.push(`${types.map(({ name }) => `case ${literal(name)}:`).join(' ')} return ${project}(source, run);`);
  }
  const unknown = isToldApart(context.schema, type, inner)
    ? `run.violated(${depth}, ${context.code.constant(`field ${type.name}.__typename`)}, source)`
    : `${addObjectFunction(context, type, inner, depth)}(source, run)`;
  const own = isInterfaceType(type) ? `case ${literal(type.name)}: ` : '';
  const name = context.code.unique('abstract');
  context.code.add(
    `function ${name}(source, run) { switch (source.__typename) {\n${cases.join('\n')}\n` +
      `${own}case undefined: case null: return ${unknown};\n` +
      `default: return run.invalid(${depth}, ${context.code.constant(`the type of ${type.name}`)}); } }`,
  );
  return name;
}

/** Whether some type has fields to show that another has not; an object of unknown type is then nothing to show. */
function isToldApart(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  inner: readonly (readonly Selection[])[],
): boolean {
  const { size } = mergedFields(schema, type, inner);
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  return possible.some((one) => mergedFields(schema, one, inner).size !== size);
}

interface Group {
  readonly types: GraphQLObjectType[];
  readonly fields: ReadonlyMap<string, MergedField>;
}

/** Possible types for which the same is selected, with the same field types, need one function between them. */
function groupedBySelection(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  inner: readonly (readonly Selection[])[],
): Group[] {
  const groups = new Map<string, Group>();
  const ids = new Map<readonly Selection[], number>();
  const idOf = (list: readonly Selection[]) => {
    const id = ids.get(list) ?? ids.size;
    ids.set(list, id);
    return id;
  };
  for (const possible of isAbstractType(type) ? schema.getPossibleTypes(type) : []) {
    const fields = mergedFields(schema, possible, inner);
    const signature = [...fields].map(([responseName, { field, inner: selections }]) => {
      const fieldType = field.name === '__typename' ? possible.name : typeIn(schema, possible, field);
      return `${responseName}:${field.planName}:${field.isDenied}:${fieldType}:${selections.map(idOf).join('+')}`;
    });
    const key = signature.join('|');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { types: [possible], fields });
    else group.types.push(possible);
  }
  return [...groups.values()];
}

/** A field's type where it stands; an object type may promise more than the interface it was selected on. */
function typeIn(schema: GraphQLSchema, parent: GraphQLCompositeType, field: SelectedField): GraphQLOutputType {
  const isDeclared = isAbstractType(parent) ? isInterfaceType(parent) && field.name in parent.getFields() : true;
  return isDeclared ? fieldNamed(schema, parent, field.name).type : field.type;
}

/** Fields in the client's order for objects of one type; fragments that surely do not apply are left out. */
function mergedFields(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  selections: readonly (readonly Selection[])[],
): Map<string, MergedField> {
  const fields = new Map<string, MergedField>();
  const collect = (list: readonly Selection[]) => {
    for (const selection of list) {
      if (selection.kind === 'fragment') {
        // What may come later is no part of the object that it belongs to.
        if (selection.defer === null && applies(schema, selection.typeCondition, type)) collect(selection.selections);
        continue;
      }
      const known = fields.get(selection.responseName);
      const inner = selection.selections === null ? [] : [selection.selections];
      if (known === undefined) fields.set(selection.responseName, { field: selection, inner });
      // Asked by way of an interface it may be denied, and not so by way of the object's own type.
      else if (known.field.isDenied) fields.set(selection.responseName, { field: selection, inner });
      else known.inner.push(...inner);
    }
  };
  for (const list of selections) collect(list);
  return fields;
}

/** Whether a type condition holds for all objects of a type. */
export function applies(schema: GraphQLSchema, condition: GraphQLCompositeType, type: GraphQLCompositeType): boolean {
  if (condition === type) return true;
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return types.every(
    (possible) => possible === condition || (isAbstractType(condition) && schema.isSubType(condition, possible)),
  );
}

function whatText(context: Context, parent: GraphQLCompositeType, field: SelectedField): string {
  return context.code.constant(`field ${parent.name}.${field.name}`);
}
