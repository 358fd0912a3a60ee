import { z } from 'zod';
import { isCron } from './erp/cron.ts';
import type { ErpEntity } from './erp/erp-entity.ts';

/** What the inventory can be told from outside. */
export interface InventoryEnv {
  /** Cron, read in the ERP's zone, that a new installation copies each kind of row by. */
  readonly syncCrons: Readonly<Record<ErpEntity, string>>;
  /** When a new installation copies everything again, which finds what says not when it changed. */
  readonly fullCron: string;
}

const cron = (standard: string) => z.string().trim().refine(isCron, 'must be a cron of five fields').default(standard);

const schema = z.object({
  SYNC_PRODUCTOS_CRON: cron('0 */6 * * *'),
  SYNC_INVENTARIO_CRON: cron('0 */2 * * *'),
  SYNC_VENTAS_CRON: cron('0 * * * *'),
  SYNC_COMPLETA_CRON: cron('30 3 * * 0'),
});

/** Reads the `SYNC_*` variables; throws with every bad one named. */
export function readInventoryEnv(source: Readonly<Record<string, string | undefined>> = process.env): InventoryEnv {
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== '');
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) throw new Error(`Bad inventory settings:\n${z.prettifyError(result.error)}`);
  const {
    SYNC_PRODUCTOS_CRON: products,
    SYNC_INVENTARIO_CRON: stock,
    SYNC_VENTAS_CRON: sales,
    SYNC_COMPLETA_CRON,
  } = result.data;
  return {
    syncCrons: {
      WAREHOUSES: products,
      PRODUCTS: products,
      PRICES: products,
      CUSTOMERS: products,
      STOCK: stock,
      SALES: sales,
    },
    fullCron: SYNC_COMPLETA_CRON,
  };
}
