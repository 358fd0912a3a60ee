import type { FetchNode, PathStep, RequiredField, RequiredSelection, Rewrite, SetValue } from '../plan/query-plan.ts';
import { createGeneratedCode, type GeneratedCode, literal, literalKey, read } from './generated-code.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { pathWalkText } from './path-walk.ts';
import { applyRewrites } from './rewrites.ts';

/** The entities of one fetch: each object to be completed, and which representation stands for it. */
export interface EntityBatch {
  readonly objects: JsonObject[];
  readonly slots: number[];
  /** What the subgraph is sent: equal ones only once. */
  readonly representations: JsonObject[];
  /** Where each of them stands among the representations, by what is required of it; batches may share both. */
  readonly seen: Map<unknown, number>[];
}

/** Finds what a fetch is to complete in what was fetched so far. */
export type CollectEntities = (data: JsonObject, batch: EntityBatch) => void;

/**
 * Writes the function that walks to a fetch's entities and builds their representations. An object whose type the
 * fetch does not speak of, or that lacks a required field because its own fetch failed, is passed over.
 */
export function compileEntityCollection(node: FetchNode, path: readonly PathStep[]): CollectEntities {
  const code = createGeneratedCode();
  const cases = groupsOf(node).map((group) => caseText(code, node, group));
  const seen = code.unique('seen');
  code.add(
    `function add(object, batch, ${seen}) { switch (object.__typename) {\n` +
      `${cases.map((text, index) => text.replaceAll('SEEN', `${seen}[${index}]`)).join('\n')}\n} }`,
  );
  const maps = cases.map(() => 'new Map()').join(', ');
  const walk = pathWalkText(code, path, 'data', (object) => `add(${object}, batch, ${seen});`);
  code.add(
    `function collect(data, batch) { const ${seen} = batch.seen; if (${seen}.length === 0) ${seen}.push(${maps});\n${walk}\n}`,
  );
  return code.build<CollectEntities>('collect');
}

/** Types that are represented by the same fields. */
interface Group {
  readonly typeNames: string[];
  readonly fields: readonly RequiredField[];
  /** What the subgraph knows them as, when that is not their own name. */
  readonly sentAs: string | null;
}

function groupsOf(node: FetchNode): Group[] {
  const required = node.requires ?? [];
  const groups = new Map<string, Group>();
  for (const typeName of typeNamesIn(required)) {
    const fields = fieldsFor(required, typeName);
    const sentAs = sentTypeName(node, typeName);
    const key = JSON.stringify([sentAs, fields.map(({ name, selections }) => [name, describe(selections)])]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { typeNames: [typeName], fields, sentAs });
    else group.typeNames.push(typeName);
  }
  return [...groups.values()];
}

function typeNamesIn(required: readonly RequiredSelection[]): Set<string> {
  return new Set(
    required.flatMap((selection) =>
      selection.kind === 'fragment' ? [...(selection.typeNames ?? typeNamesIn(selection.selections))] : [],
    ),
  );
}

function fieldsFor(required: readonly RequiredSelection[], typeName: string): RequiredField[] {
  const fields = new Map<string, RequiredField>();
  for (const selection of required) {
    const found =
      selection.kind === 'field'
        ? [selection]
        : (selection.typeNames?.has(typeName) ?? true)
          ? fieldsFor(selection.selections, typeName)
          : [];
    for (const field of found) {
      const known = fields.get(field.name);
      const selections = [...(known?.selections ?? []), ...(field.selections ?? [])];
      fields.set(field.name, { ...field, selections: selections.length > 0 ? selections : null });
    }
  }
  return [...fields.values()];
}

function describe(selections: readonly RequiredSelection[] | null): unknown {
  return selections?.map((selection) =>
    selection.kind === 'field'
      ? [selection.name, describe(selection.selections)]
      : [[...(selection.typeNames ?? [])], describe(selection.selections)],
  );
}

/** The rewrite that nearly every planned interface needs, `__typename` set for a type, is done while writing. */
function sentTypeName(node: FetchNode, typeName: string): string | null {
  let sentAs: string | null = null;
  for (const rewrite of node.inputRewrites) {
    if (
      isTypeNameRewrite(rewrite) &&
      rewrite.path.every((step) => step.kind === 'type' && step.typeNames.has(typeName))
    ) {
      sentAs = String(rewrite.value);
    }
  }
  return sentAs;
}

function isTypeNameRewrite(rewrite: Rewrite): rewrite is SetValue {
  return (
    rewrite.kind === 'setValue' && rewrite.key === '__typename' && rewrite.path.every((step) => step.kind === 'type')
  );
}

function caseText(code: GeneratedCode, node: FetchNode, { typeNames, fields, sentAs }: Group): string {
  const labels = typeNames.map((name) => `case ${literal(name)}:`).join(' ');
  const parts = fields
    .filter(({ name }) => name !== '__typename')
    .map(({ name, selections }) => ({ name, selections, value: code.unique('r') }));
  const reads = parts.map(({ name, selections, value }) => {
    const copy =
      selections === null ? '' : `${value} = ${code.constant(copyRequired)}(${value}, ${code.constant(selections)});\n`;
    return `let ${value} = ${read('object', name)}; if (${value} === undefined) return;\n${copy}`;
  });
  const typeName = sentAs === null ? 'object.__typename' : literal(sentAs);
  const entries = parts.map(({ name, value }) => `${literalKey(name)}: ${value}`);
  const others = node.inputRewrites.filter((rewrite) => !isTypeNameRewrite(rewrite));
  const rewrite =
    others.length === 0 ? '' : `${code.constant(applyRewrites)}(${code.constant(others)}, representation);\n`;
  return [
    `${labels} {`,
    ...reads,
    `const key = ${keyText(code, parts, typeNames.length > 1 && sentAs === null)};`,
    'let slot = SEEN.get(key);',
    'if (slot === undefined) {',
    'slot = batch.representations.length;',
    'SEEN.set(key, slot);',
    `const representation = { "__typename": ${typeName}, ${entries.join(', ')} };`,
    `${rewrite}batch.representations.push(representation);`,
    '}',
    'batch.objects.push(object); batch.slots.push(slot); return; }',
  ].join('\n');
}

/** One scalar is its own key. Several are told apart by their lengths, so that no two entities can share a key. */
function keyText(code: GeneratedCode, parts: readonly { readonly value: string }[], isTypeNamePart: boolean): string {
  const values = parts.map(({ value }) => value);
  const keyPart = code.constant(keyPartOf);
  const [only] = values;
  if (values.length === 1 && only !== undefined && !isTypeNamePart) {
    return `typeof ${only} !== 'object' || ${only} === null ? ${only} : ${keyPart}(${only})`;
  }
  return ['""', ...(isTypeNamePart ? ['object.__typename'] : []), ...values]
    .map((value) => (value === '""' ? value : `${keyPart}(${value})`))
    .join(' + ');
}

function keyPartOf(value: unknown): string {
  if (typeof value === 'string') return `${value.length}:${value}`;
  return typeof value === 'number' ? `${value};` : `${JSON.stringify(value)};`;
}

/** A required object or list as the subgraph is to see it: the required fields and no others. */
function copyRequired(value: unknown, selections: readonly RequiredSelection[]): unknown {
  if (Array.isArray(value)) return value.map((item) => copyRequired(item, selections));
  if (!isJsonObject(value)) return value ?? null;
  const copy: JsonObject = {};
  const copyInto = (required: readonly RequiredSelection[]) => {
    for (const selection of required) {
      if (selection.kind === 'fragment') {
        if (selection.typeNames?.has(String(value.__typename)) ?? true) copyInto(selection.selections);
      } else if (Object.hasOwn(value, selection.name) && value[selection.name] !== undefined) {
        const inner = value[selection.name];
        copy[selection.name] = selection.selections === null ? inner : copyRequired(inner, selection.selections);
      }
    }
  };
  copyInto(selections);
  return copy;
}
