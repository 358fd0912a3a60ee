import { Prisma } from '@cauce/prisma/client';
import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import type { StockLevel } from './stock-level.ts';

/** The product and the warehouse that a level belongs to. */
export interface StockPlace {
  readonly product: { readonly id: string; readonly sku: string; readonly companyId: string | null };
  readonly warehouse: { readonly id: string; readonly name: string; readonly companyId: string };
  readonly siteId: string;
}

export interface StockFields {
  readonly onHand?: string | undefined;
  readonly minimum?: string | undefined;
  readonly maximum?: string | null | undefined;
  readonly location?: string | null | undefined;
}

/** Changes of stock inside one transaction, kept to what the viewer reaches. */
export interface StockWrites {
  product(id: string): Promise<StockPlace['product'] | null>;
  /** Those of the site, or the one of a name. */
  warehouses(siteId: string, name: string | null): Promise<StockPlace['warehouse'][]>;
  find(place: StockPlace): Promise<StockLevel | null>;
  /** Null when the level is no longer the one that was read; with no level before, makes it. */
  write(place: StockPlace, before: StockLevel | null, fields: StockFields, now: Date): Promise<StockLevel | null>;
  /** Writes down a correction of what is on hand, and why. */
  recordCorrection(place: StockPlace, before: StockLevel | null, after: StockLevel, why: Correction): Promise<void>;
}

export interface Correction {
  readonly reason: string;
  readonly userId: string | null;
  readonly now: Date;
}

/** Thrown where somebody else made the level at the same time. */
export class LevelTaken extends Error {}

export function createStockWriteStore(client: ScopedClient) {
  return {
    /** @throws LevelTaken */
    async transaction<Value>(work: (writes: StockWrites, tx: ScopedTransaction) => Promise<Value>): Promise<Value> {
      try {
        return await client.$transaction((tx) => work(writesIn(tx), tx));
      } catch (error) {
        if (isUniqueViolation(error)) throw new LevelTaken();
        throw error;
      }
    },
  };
}

/** Whether a quantity is less than another; exact, as text compares differently. */
export function isLess(left: string, right: string): boolean {
  return new Prisma.Decimal(left).lessThan(right);
}

function writesIn(tx: ScopedTransaction): StockWrites {
  return {
    product: (id) =>
      tx.product.findFirst({ where: { id, deletedAt: null }, select: { id: true, sku: true, companyId: true } }),
    warehouses: (siteId, name) =>
      tx.warehouse.findMany({
        where: { siteId, isActive: true, ...(name === null ? {} : { name }) },
        select: { id: true, name: true, companyId: true },
        take: 2,
      }),
    async find({ product, siteId, warehouse }) {
      // By its warehouse first: that may be called otherwise by now than when the level was written.
      const placed = { siteId, warehouseName: warehouse.name };
      const row = await tx.stockLevel.findFirst({
        where: { productId: product.id, OR: [{ warehouseId: warehouse.id }, { warehouseId: null, ...placed }] },
        orderBy: { warehouseId: { sort: 'asc', nulls: 'last' } },
      });
      return row === null ? null : toLevel(row);
    },
    async write({ product, siteId, warehouse }, before, fields, now) {
      const onHand = new Prisma.Decimal(fields.onHand ?? before?.onHand ?? '0');
      const others = (before?.flags ?? []).filter((flag) => flag !== 'NEGATIVE_STOCK');
      const data = {
        quantity: onHand,
        flags: onHand.isNegative() && !onHand.isZero() ? [...others, 'NEGATIVE_STOCK'] : others,
        ...(fields.minimum === undefined ? {} : { minimum: fields.minimum }),
        ...(fields.maximum === undefined ? {} : { maximum: fields.maximum }),
        ...(fields.location === undefined ? {} : { bin: fields.location }),
      };
      if (before === null) {
        const { id: warehouseId, name: warehouseName, companyId } = warehouse;
        const place = { productId: product.id, siteId, companyId, warehouseId, warehouseName };
        return toLevel(await tx.stockLevel.create({ data: { ...data, ...place, updatedAt: now } }));
      }
      const { id, updatedAt } = before;
      // Two changes within a millisecond must not look like one version.
      const next = new Date(Math.max(now.getTime(), updatedAt.getTime() + 1));
      const { count } = await tx.stockLevel.updateMany({
        where: { id, updatedAt },
        data: { ...data, updatedAt: next },
      });
      if (count === 0) return null;
      return toLevel(await tx.stockLevel.findUniqueOrThrow({ where: { id } }));
    },
    async recordCorrection({ product, siteId, warehouse }, before, after, { reason, userId, now }) {
      const change = new Prisma.Decimal(after.onHand).minus(before?.onHand ?? 0);
      if (change.isZero()) return;
      await tx.stockMovement.create({
        data: {
          productId: product.id,
          warehouseId: warehouse.id,
          siteId,
          companyId: warehouse.companyId,
          kind: 'ADJUSTMENT',
          quantity: change,
          balanceAfter: after.onHand,
          occurredAt: now,
          reason,
          createdBy: userId,
        },
      });
    },
  };
}

function toLevel(row: Prisma.StockLevelGetPayload<object>): StockLevel {
  const { id, productId, siteId, companyId, flags, lastSyncedAt, updatedAt } = row;
  return {
    ...{ id, productId, siteId, companyId, flags, lastSyncedAt, updatedAt },
    warehouse: row.warehouseName,
    onHand: row.quantity.toFixed(),
    minimum: row.minimum.toFixed(),
    maximum: row.maximum?.toFixed() ?? null,
    reorderPoint: row.reorderPoint?.toFixed() ?? null,
    location: row.bin,
    isHeldByErp: row.erpId !== null,
    isBelowMinimum: row.quantity.lessThan(row.minimum),
  };
}
