import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type GraphQLArgument,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { readApiSchema } from './api-schema.ts';
import { root } from './run.ts';

/** Served as it is, so that the page that needs it loads it when it is opened and never before. */
const output = 'web/public/developer-docs.json';

/**
 * Writes what the developer portal shows of the repository: the public schema with its descriptions, the samples that
 * tests run, and the changelog.
 */
export function writeDeveloperDocs(): void {
  const file = join(root, output);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ types: types(), samples: samples(), changelog: changelog() }));
}

function types() {
  const shown = Object.values(readApiSchema().getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const rank = (name: string) => ['Query', 'Mutation', 'Subscription'].indexOf(name);
  return shown
    .toSorted((one, other) =>
      rank(other.name) + 1 && rank(one.name) + 1
        ? rank(one.name) - rank(other.name)
        : rank(other.name) - rank(one.name),
    )
    .map((type) => ({
      name: type.name,
      kind: kindOf(type),
      description: type.description ?? '',
      fields: fieldsOf(type),
    }));
}

function kindOf(type: GraphQLNamedType): string {
  if (isObjectType(type)) return 'type';
  if (isInputObjectType(type)) return 'input';
  if (isInterfaceType(type)) return 'interface';
  if (isUnionType(type)) return 'union';
  return isEnumType(type) ? 'enum' : 'scalar';
}

function fieldsOf(type: GraphQLNamedType): readonly object[] {
  if (isUnionType(type)) return type.getTypes().map(({ name }) => ({ name, type: '', description: '' }));
  if (isEnumType(type)) {
    return type
      .getValues()
      .map(({ name, description, deprecationReason }) => fieldOf(name, '', description, deprecationReason));
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) =>
      fieldOf(field.name, String(field.type), field.description, field.deprecationReason),
    );
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).map((field) =>
    fieldOf(`${field.name}${argumentsOf(field.args)}`, String(field.type), field.description, field.deprecationReason),
  );
}

function fieldOf(name: string, type: string, description?: string | null, deprecated?: string | null) {
  return { name, type, description: description ?? '', ...(deprecated ? { deprecated } : {}) };
}

function argumentsOf(args: readonly GraphQLArgument[]): string {
  return args.length === 0 ? '' : `(${args.map(({ name, type }) => `${name}: ${String(type)}`).join(', ')})`;
}

function samples(): Readonly<Record<string, string>> {
  const folder = join(root, 'docs/samples');
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Releases of the schema, the newest first, as `docs/schema-changelog.md` lists them. */
function changelog() {
  const file = join(root, 'docs/schema-changelog.md');
  const [, ...releases] = existsSync(file) ? readFileSync(file, 'utf8').split(/^## /m) : [''];
  return releases.map((text) => {
    const [date = '', ...lines] = text.trim().split('\n');
    return { date, lines: lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2)) };
  });
}
