import type { FirebirdLink } from './firebird-link.ts';

/** Tables and views of a database with their columns. */
export interface Catalogue {
  /** Default character set of the database. */
  readonly charset: string;
  readonly relations: ReadonlyMap<string, Relation>;
}

export interface Relation {
  readonly name: string;
  readonly isView: boolean;
  readonly columns: ReadonlySet<string>;
}

/** Reads what relations there are; system ones are left out. @throws ErpFailure */
export async function readCatalogue(link: FirebirdLink): Promise<Catalogue> {
  const [database] = await link.rows('SELECT TRIM(RDB$CHARACTER_SET_NAME) FROM RDB$DATABASE');
  const rows =
    await link.rows(`SELECT TRIM(R.RDB$RELATION_NAME), IIF(R.RDB$VIEW_BLR IS NULL, 0, 1), TRIM(F.RDB$FIELD_NAME)
    FROM RDB$RELATIONS R JOIN RDB$RELATION_FIELDS F ON F.RDB$RELATION_NAME = R.RDB$RELATION_NAME
    WHERE COALESCE(R.RDB$SYSTEM_FLAG, 0) = 0 ORDER BY R.RDB$RELATION_NAME, F.RDB$FIELD_POSITION`);
  const relations = [...Map.groupBy(rows, ([name]) => String(name))].map(([name, columns]): [string, Relation] => [
    name,
    {
      name,
      isView: Number(columns[0]?.[1]) === 1,
      columns: new Set(columns.map(([, , column]) => String(column))),
    },
  ]);
  return { charset: String(database?.[0] ?? 'NONE'), relations: new Map(relations) };
}

export function hasColumn({ relations }: Catalogue, relation: string, column: string): boolean {
  return relations.get(relation)?.columns.has(column) === true;
}
