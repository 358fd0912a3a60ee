import { Prisma } from '@cauce/prisma/client';
import { type ScopedClient, type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { isUuid } from '@cauce/shared/db/uuid';
import type { Product } from './product.ts';

/** What a product may be written with; a field that is left out stays as it is. */
export interface ProductFields {
  readonly sku?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly price?: string | null | undefined;
  readonly cost?: string | null | undefined;
  readonly category?: string | null | undefined;
  readonly unit?: string | null | undefined;
  readonly barcode?: string | null | undefined;
  readonly isActive?: boolean | undefined;
}

/** What still points at a product, by kind, and how often. */
export type ProductReferences = Readonly<Record<'stockLevels' | 'saleLines' | 'movements' | 'forecasts', number>>;

/** Changes of products inside one transaction, kept to what the viewer reaches. */
export interface ProductWrites {
  find(id: string): Promise<Product | null>;
  insert(companyId: string, fields: ProductFields & { readonly sku: string; readonly name: string }): Promise<Product>;
  /** Null when the product is no longer the one that was read. */
  replace(before: Product, fields: ProductFields, now: Date): Promise<Product | null>;
  /** Counts what points at the product, with the product held so that nothing new can until the end. */
  references(id: string): Promise<ProductReferences>;
  remove(id: string): Promise<void>;
}

/** Thrown where the company has a product of this code already. */
export class SkuTaken extends Error {}

export function createProductWriteStore(client: ScopedClient) {
  return {
    /** @throws SkuTaken */
    async transaction<Value>(work: (writes: ProductWrites, tx: ScopedTransaction) => Promise<Value>): Promise<Value> {
      try {
        return await client.$transaction((tx) => work(writesIn(tx), tx));
      } catch (error) {
        if (isUniqueViolation(error)) throw new SkuTaken();
        throw error;
      }
    },
  };
}

function writesIn(tx: ScopedTransaction): ProductWrites {
  const find = async (id: string) => {
    const row = isUuid(id) ? await tx.product.findFirst({ where: { id, deletedAt: null } }) : null;
    return row === null ? null : toProduct(row);
  };
  return {
    find,
    async insert(companyId, fields) {
      const categoryId = await categoryOf(tx, companyId, fields.category ?? null);
      const data = { ...columnsOf(fields), sku: fields.sku, name: fields.name, companyId, categoryId };
      return toProduct(await tx.product.create({ data }));
    },
    async replace(before, fields, now) {
      const { id, updatedAt, companyId } = before;
      const category =
        fields.category === undefined || companyId === null
          ? {}
          : { categoryId: await categoryOf(tx, companyId, fields.category) };
      // Two changes within a millisecond must not look like one version.
      const next = new Date(Math.max(now.getTime(), updatedAt.getTime() + 1));
      const { count } = await tx.product.updateMany({
        where: { id, updatedAt, deletedAt: null },
        data: { ...columnsOf(fields), ...category, updatedAt: next },
      });
      return count === 0 ? null : find(id);
    },
    async references(id) {
      // Stock and sales hold a share of the row of their product while they are written; this waits for them, and they
      // for the end of this transaction, so that none is added between the count and the removal.
      await unscoped(tx).$queryRaw`SELECT 1 FROM inventory.erp_productos WHERE id = ${id}::uuid FOR UPDATE`;
      // Counted past the viewer's sites: what they may not see still needs its product.
      const [row] = await unscoped(tx).$queryRaw<ProductReferences[]>`SELECT
        (SELECT count(*)::int FROM inventory.erp_inventario WHERE producto_id = ${id}::uuid) AS "stockLevels",
        (SELECT count(*)::int FROM inventory.erp_ventas_detalle WHERE producto_id = ${id}::uuid) AS "saleLines",
        (SELECT count(*)::int FROM inventory.stock_movements WHERE product_id = ${id}::uuid) AS movements,
        (SELECT count(*)::int FROM inventory.demand_forecasts WHERE product_id = ${id}::uuid) AS forecasts`;
      if (row === undefined) throw new Error('An aggregate without groups answers one row');
      return row;
    },
    async remove(id) {
      await tx.product.delete({ where: { id } });
    },
  };
}

/** The category of this name, made when it is new: names are free text in the ERP too. */
async function categoryOf(tx: ScopedTransaction, companyId: string, name: string | null): Promise<string | null> {
  if (name === null) return null;
  await tx.category.createMany({ data: [{ companyId, name }], skipDuplicates: true });
  const category = await tx.category.findFirst({ where: { companyId, name } });
  return category?.id ?? null;
}

function columnsOf({ sku, name, description, price, cost, category, unit, barcode, isActive }: ProductFields) {
  return {
    ...(sku === undefined ? {} : { sku }),
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(price === undefined ? {} : { price }),
    ...(cost === undefined ? {} : { cost }),
    ...(category === undefined ? {} : { categoryName: category }),
    ...(unit === undefined ? {} : { unit }),
    ...(barcode === undefined ? {} : { barcode }),
    ...(isActive === undefined ? {} : { isActive }),
  };
}

function toProduct(row: Prisma.ProductGetPayload<object>): Product {
  const { id, sku, name, description, unit, barcode, isActive, erpId, companyId, flags } = row;
  const { installationId, lastSyncedAt, createdAt, updatedAt } = row;
  return {
    ...{ id, sku, name, description, unit, barcode, isActive, erpId, companyId, flags },
    ...{ installationId, lastSyncedAt, createdAt, updatedAt },
    isErpPriced: row.priceHash !== null,
    category: row.categoryName,
    price: row.price?.toFixed() ?? null,
    cost: row.cost?.toFixed() ?? null,
  };
}

/** Whether two exact texts mean the same amount. */
export function isEqualAmount(left: string, right: string): boolean {
  return new Prisma.Decimal(left).equals(right);
}
