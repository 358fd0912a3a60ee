import { type ErpEntity, entityFields, saleLineFields } from '../erp-entity.ts';
import { ErpFailure } from '../erp-failure.ts';
import type { ViewMapping } from '../erp-mapping.ts';
import type { Catalogue } from './catalogue.ts';
import { asText, digestSql, type PartDefinition } from './part-query.ts';

/** Fields of a view's mapping that are no field of a row. */
export const extraFields = ['modifiedAt'] as const;

/** Where the rows of a kind stand in a company's own view. Throws ErpFailure (`BAD_MAPPING`) for what is not there. */
export function viewPart(entity: ErpEntity, { relation, columns }: ViewMapping, catalogue: Catalogue): PartDefinition {
  const known = catalogue.relations.get(relation);
  const lost = known === undefined ? relation : Object.values(columns).find((column) => !known.columns.has(column));
  if (known === undefined || lost !== undefined)
    throw new ErpFailure('BAD_MAPPING', `The ERP has no ${known ? 'column' : 'view'} ${lost}: run the audit again`);
  const column = (field: string) => (columns[field] === undefined ? 'NULL' : `V."${columns[field]}"`);
  const key = keyOf(entity, column);
  if (key === null) throw new ErpFailure('BAD_MAPPING', `Nothing is mapped to the key of ${entity}`);
  const hasLines = entity === 'SALES' && columns.quantity !== undefined;
  const header = entityFields[entity].slice(1).map((field) => (isTime(field) ? textOf(column(field)) : column(field)));
  const fields = hasLines ? [...header, ...saleLineFields.map(column)] : header;
  const isDistinct = entity === 'WAREHOUSES';
  const from = `"${relation}" V`;
  const stamps = columns.modifiedAt === undefined || isDistinct ? [] : [column('modifiedAt')];
  const digested = Object.entries(columns).map(([, name]) => `V."${name}"`);
  return {
    name: relation,
    // Warehouses are often only a column of the stock's view.
    ...(isDistinct ? distinctOf(relation, columns) : { from, key, fields }),
    // Rows of one key together: lines of one document, or an article that a view has twice.
    ...{ joins: '', where: null, hasNumberKeys: false, order: hasLines ? `1, ${header.length + 2}` : '1', stamps },
    sum: sumOf(entity, column, hasLines),
    fingerprint: stamps.length === 0 ? [digestSql(from, key, digested)] : null,
    lines: hasLines ? 'IN_ROW' : null,
  };
}

/** Stock is known by its product and warehouse together. */
function keyOf(entity: ErpEntity, column: (field: string) => string): string | null {
  const [product, warehouse, key] = [column('productKey'), column('warehouseKey'), column('key')];
  if (entity !== 'STOCK') return key === 'NULL' ? null : key;
  return product === 'NULL' || warehouse === 'NULL' ? null : `${product} || ':' || ${warehouse}`;
}

function distinctOf(
  relation: string,
  { key, name = key }: ViewMapping['columns'],
): Pick<PartDefinition, 'from' | 'key' | 'fields'> {
  return {
    from: `(SELECT DISTINCT W."${key}" AS K, W."${name}" AS N FROM "${relation}" W) V`,
    key: 'V.K',
    fields: ['V.N', 'NULL', "'S'"],
  };
}

function sumOf(entity: ErpEntity, column: (field: string) => string, hasLines: boolean): string | null {
  const field = { PRICES: 'price', STOCK: 'quantity', SALES: hasLines ? 'netTotal' : 'total' } as const;
  const summed = entity === 'PRICES' || entity === 'STOCK' || entity === 'SALES' ? column(field[entity]) : 'NULL';
  return summed === 'NULL' ? null : summed;
}

const isTime = (field: string): boolean => field === 'soldOn' || field === 'soldAt';
const textOf = (sql: string): string => (sql === 'NULL' ? sql : asText(sql, 40));
