import type { Prisma } from '@cauce/prisma/client';
import { type ScopedClient, type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { type ProductionOrder, toOrder } from './order.ts';
import { type PlantConvention, toPlantConvention } from './plant-convention.ts';

export type NewOrder = Prisma.ProductionOrderUncheckedCreateInput;
export type OrderChanges = Prisma.ProductionOrderUncheckedUpdateManyInput;

/** Changes of orders inside one transaction. The table's trigger announces each, so nothing here does. */
export interface OrderWrites {
  find(id: string): Promise<ProductionOrder | null>;
  /** The plant that a site is; null when it is none, or out of reach. */
  plantOf(siteId: string): Promise<PlantConvention | null>;
  /**
   * Whether the plant has an order of this number, with the number held until the end of the transaction. The table
   * cannot carry a unique key, because the source system repeats numbers; two of our own requests cannot.
   */
  isNumberTaken(siteId: string, orderNumber: string): Promise<boolean>;
  insert(order: NewOrder): Promise<ProductionOrder>;
  /** Null when the order is no longer the one that was read. */
  replace(before: ProductionOrder, changes: OrderChanges): Promise<ProductionOrder | null>;
}

export function createOrderWriteStore(client: ScopedClient) {
  return {
    transaction: <Value>(work: (writes: OrderWrites, tx: ScopedTransaction) => Promise<Value>): Promise<Value> =>
      client.$transaction((tx) => work(writesIn(tx), tx)),
  };
}

function writesIn(tx: ScopedTransaction): OrderWrites {
  const find = async (id: string) => {
    const row = await tx.productionOrder.findFirst({ where: { id } });
    return row === null ? null : toOrder(row);
  };
  return {
    find,
    async plantOf(siteId) {
      const row = await tx.plantMapping.findFirst({
        where: { siteId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return row === null ? null : toPlantConvention(row);
    },
    async isNumberTaken(siteId, orderNumber) {
      const key = `production.orderNumber:${siteId}:${orderNumber}`;
      await unscoped(tx).$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
      return (await tx.productionOrder.count({ where: { siteId, orderNumber } })) > 0;
    },
    insert: async (order) => toOrder(await tx.productionOrder.create({ data: order })),
    async replace(before, changes) {
      const { id, updatedAt } = before;
      const { count } = await tx.productionOrder.updateMany({ where: { id, updatedAt }, data: changes });
      return count === 0 ? null : find(id);
    },
  };
}
