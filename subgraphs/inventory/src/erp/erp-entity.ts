/** Kinds of rows that are copied, in the order in which they refer to each other. */
export const erpEntities = ['WAREHOUSES', 'PRODUCTS', 'PRICES', 'CUSTOMERS', 'STOCK', 'SALES'] as const;
export type ErpEntity = (typeof erpEntities)[number];

/** What the database calls each kind. */
export const entityLabels = {
  ...{ WAREHOUSES: 'almacenes', PRODUCTS: 'productos', PRICES: 'precios', CUSTOMERS: 'clientes' },
  ...{ STOCK: 'inventario', SALES: 'ventas' },
} as const satisfies Record<ErpEntity, string>;

/** What a row of each kind says, in this order; the first is what it is known by in the ERP. */
export const entityFields = {
  WAREHOUSES: ['key', 'name', 'code', 'isActive'],
  PRODUCTS: ['key', 'sku', 'name', 'description', 'category', 'unit', 'isActive', 'price', 'cost'],
  PRICES: ['key', 'price'],
  CUSTOMERS: ['key', 'name', 'taxId', 'email', 'phone', 'address', 'isActive'],
  STOCK: ['key', 'productKey', 'warehouseKey', 'quantity', 'minimum', 'maximum', 'reorderPoint', 'bin'],
  SALES: [
    ...['key', 'type', 'folio', 'soldOn', 'soldAt', 'customerKey', 'customerName'],
    ...['subtotal', 'tax', 'total', 'status', 'warehouseKey', 'currency', 'origin'],
  ],
} as const satisfies Record<ErpEntity, readonly string[]>;

/** What a line of a sale says, in this order. */
export const saleLineFields = [
  ...['position', 'productKey', 'sku', 'description', 'quantity', 'unitPrice', 'discountPct', 'netTotal'],
] as const;

export type ErpValue = string | number | null;

/** A row as the ERP has it, its values in the order of `entityFields`; a sale comes with its lines. */
export interface ErpRow {
  readonly values: readonly ErpValue[];
  readonly lines?: readonly (readonly ErpValue[])[];
}

export function isErpEntity(name: string): name is ErpEntity {
  return erpEntities.some((entity) => entity === name);
}
