import type { CopiedEntity } from './runs.ts';

/** What a row of each kind says, in the order in which the ERP's values are kept. */
export const rowFields = {
  WAREHOUSES: ['key', 'name', 'code', 'isActive'],
  PRODUCTS: ['key', 'sku', 'name', 'description', 'category', 'unit', 'isActive', 'price', 'cost'],
  PRICES: ['key', 'price'],
  CUSTOMERS: ['key', 'name', 'taxId', 'email', 'phone', 'address', 'isActive'],
  STOCK: ['key', 'productKey', 'warehouseKey', 'quantity', 'minimum', 'maximum', 'reorderPoint', 'bin'],
  SALES: [
    ...(['key', 'type', 'folio', 'soldOn', 'soldAt', 'customerKey', 'customerName'] as const),
    ...(['subtotal', 'tax', 'total', 'status', 'warehouseKey', 'currency', 'origin'] as const),
  ],
} as const satisfies Record<CopiedEntity, readonly string[]>;

const lineFields = [
  ...(['position', 'productKey', 'sku', 'description', 'quantity', 'unitPrice', 'discountPct', 'netTotal'] as const),
] as const;

export type RowField = (typeof rowFields)[CopiedEntity][number] | (typeof lineFields)[number] | 'modifiedAt';

const known: ReadonlySet<string> = new Set([...Object.values(rowFields).flat(), ...lineFields, 'modifiedAt']);

/** Whether words are known for a field. */
export const isRowField = (name: string): name is RowField => known.has(name);

/** Fields that columns of a view can stand for. Stock is known by its product and warehouse; warehouses have only a name. */
export const viewFields: Readonly<Record<CopiedEntity, readonly RowField[]>> = {
  WAREHOUSES: ['key', 'name'],
  PRODUCTS: [...rowFields.PRODUCTS, 'modifiedAt'],
  PRICES: [...rowFields.PRICES, 'modifiedAt'],
  CUSTOMERS: [...rowFields.CUSTOMERS, 'modifiedAt'],
  STOCK: [...rowFields.STOCK.slice(1), 'modifiedAt'],
  SALES: [...rowFields.SALES, ...lineFields, 'modifiedAt'],
};

const needed: Readonly<Record<CopiedEntity, readonly RowField[]>> = {
  WAREHOUSES: ['key', 'name'],
  PRODUCTS: ['key', 'sku', 'name'],
  PRICES: ['key', 'price'],
  CUSTOMERS: ['key', 'name'],
  STOCK: ['productKey', 'warehouseKey', 'quantity'],
  SALES: ['key', 'folio', 'soldOn'],
};

/** Fields without which a view cannot stand for a kind, and that no column stands for. */
export const missingFields = (entity: CopiedEntity, columns: Readonly<Record<string, string>>): readonly RowField[] =>
  needed[entity].filter((field) => columns[field] === undefined);
