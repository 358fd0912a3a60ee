import type { ErpEntity } from '../erp-entity.ts';
import { copyCustomers } from './copy-customers.ts';
import { copyPrices } from './copy-prices.ts';
import { copyProducts } from './copy-products.ts';
import { copySales } from './copy-sales.ts';
import { copyStock } from './copy-stock.ts';
import { copyWarehouses } from './copy-warehouses.ts';
import type { EntityCopy } from './entity-copy.ts';

export const entityCopies: Readonly<Record<ErpEntity, EntityCopy>> = {
  WAREHOUSES: copyWarehouses,
  PRODUCTS: copyProducts,
  PRICES: copyPrices,
  CUSTOMERS: copyCustomers,
  STOCK: copyStock,
  SALES: copySales,
};
