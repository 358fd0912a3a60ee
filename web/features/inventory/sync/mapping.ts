import { type CopiedEntity, copiedEntities } from './runs.ts';

/** How an ERP is read, as the graph keeps it. */
export interface Mapping {
  readonly charset: string;
  readonly keyRoleId: number | null;
  readonly priceListId: number | null;
  readonly branchIds: readonly number[];
  readonly entities: Readonly<Partial<Record<CopiedEntity, EntitySource>>>;
}

export type EntitySource =
  | { readonly from: 'TABLES' }
  | { readonly from: 'NOTHING' }
  | { readonly from: 'VIEW'; readonly relation: string; readonly columns: Readonly<Record<string, string>> };

export const charsets = ['WIN1252', 'ISO8859_1', 'NONE', 'UTF8'] as const;
export const emptyMapping: Mapping = {
  ...{ charset: 'WIN1252', keyRoleId: null, priceListId: null, branchIds: [], entities: {} },
};

/** Reads what the graph answers as JSON; what is not understood is left out. */
export function readMapping(value: unknown): Mapping {
  const given: object = Object(value);
  const number = (key: string) => {
    const found: unknown = Reflect.get(given, key);
    return typeof found === 'number' ? found : null;
  };
  const charset: unknown = Reflect.get(given, 'charset');
  const branches: unknown = Reflect.get(given, 'branchIds');
  return {
    charset: typeof charset === 'string' ? charset : emptyMapping.charset,
    keyRoleId: number('keyRoleId'),
    priceListId: number('priceListId'),
    branchIds: Array.isArray(branches) ? branches.filter((id) => typeof id === 'number') : [],
    entities: readSources(Reflect.get(given, 'entities')),
  };
}

/** Where each kind is read from; kinds that are not understood are left out. */
export function readSources(value: unknown): Mapping['entities'] {
  return Object.fromEntries(
    copiedEntities.flatMap((entity) => {
      const source = readSource(Reflect.get(Object(value), entity));
      return source === null ? [] : [[entity, source]];
    }),
  );
}

function readSource(value: unknown): EntitySource | null {
  const [from, relation, columns] = ['from', 'relation', 'columns'].map((key) => Reflect.get(Object(value), key));
  if (from === 'TABLES' || from === 'NOTHING') return { from };
  if (from !== 'VIEW' || typeof relation !== 'string') return null;
  const named = Object.entries(Object(columns)).map(([field, column]) => [field, String(column)] as const);
  return { from, relation, columns: Object.fromEntries(named) };
}

/** The mapping with a kind read from elsewhere: from a view by the columns that one of the known ones has for it. */
export function withSource(
  mapping: Mapping,
  entity: CopiedEntity,
  source: string,
  known: readonly (EntitySource | undefined)[],
): Mapping {
  const found = known.find((one) => one?.from === 'VIEW' && one.relation === source);
  const chosen: EntitySource =
    source === 'TABLES' || source === 'NOTHING'
      ? { from: source }
      : (found ?? { from: 'VIEW', relation: source, columns: {} });
  return { ...mapping, entities: { ...mapping.entities, [entity]: chosen } };
}

/** The mapping with a column for a field of a view; none takes it away. */
export function withColumn(mapping: Mapping, entity: CopiedEntity, field: string, column: string): Mapping {
  const source = mapping.entities[entity];
  if (source?.from !== 'VIEW') return mapping;
  const { [field]: _, ...others } = source.columns;
  const columns = column === '' ? others : { ...others, [field]: column };
  return { ...mapping, entities: { ...mapping.entities, [entity]: { ...source, columns } } };
}
