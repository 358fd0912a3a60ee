import type { Prisma } from '@cauce/prisma/client';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import { type ProductionOrder, toOrder } from './order.ts';
import { type OrderFilter, type OrderSort, orderWhere } from './order-filter.ts';
import { type PlantConvention, toPlantConvention } from './plant-convention.ts';

/** Orders and the plants that write them, kept to those that the client's viewer reaches. */
export function createOrderStore(client: ScopedClient) {
  const { fields } = client.productionOrder;
  const whereOf = (filter: OrderFilter) => orderWhere(filter, fields);
  return {
    async byIds(ids: readonly string[]): Promise<readonly ProductionOrder[]> {
      const rows = await client.productionOrder.findMany({ where: { id: { in: onlyUuids(ids) } } });
      return rows.map(toOrder);
    },

    /** Oldest first, so that the newest of an order number that was used twice is the one that stays. */
    async byNumbers(numbers: readonly string[]): Promise<readonly ProductionOrder[]> {
      const rows = await client.productionOrder.findMany({
        where: { orderNumber: { in: [...numbers] } },
        orderBy: [{ producedAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toOrder);
    },

    async page(filter: OrderFilter, sort: OrderSort, { limit, after }: Keyset): Promise<readonly ProductionOrder[]> {
      const order = columnsOf[sort];
      const rows = await client.productionOrder.findMany({
        where: { AND: [whereOf(filter), afterRow(sort, after)] },
        orderBy: order.map(({ column, direction }) => ({ [column]: direction })),
        take: limit + 1,
      });
      return rows.map(toOrder);
    },

    count: (filter: OrderFilter) => client.productionOrder.count({ where: whereOf(filter) }),

    /** How the plants within reach write their orders: a handful. */
    async conventions(): Promise<readonly PlantConvention[]> {
      return (await client.plantMapping.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(
        toPlantConvention,
      );
    },
  };
}

const columnsOf = {
  PRODUCED_AT_DESC: [
    { column: 'producedAt', direction: 'desc' },
    { column: 'id', direction: 'desc' },
  ],
  PRODUCED_AT_ASC: [
    { column: 'producedAt', direction: 'asc' },
    { column: 'id', direction: 'asc' },
  ],
  ORDER_NUMBER_DESC: [
    { column: 'orderNumber', direction: 'desc' },
    { column: 'id', direction: 'desc' },
  ],
  ORDER_NUMBER_ASC: [
    { column: 'orderNumber', direction: 'asc' },
    { column: 'id', direction: 'asc' },
  ],
} as const satisfies Readonly<Record<OrderSort, readonly { column: string; direction: 'asc' | 'desc' }[]>>;

/** Rows after the cursor. The first column is bounded once more by itself, which lets the index skip to the place. */
function afterRow(sort: OrderSort, after: Keyset['after']): Prisma.ProductionOrderWhereInput {
  const [{ column, direction }] = columnsOf[sort];
  if (after === null) return {};
  return {
    AND: [{ [column]: { [direction === 'asc' ? 'gte' : 'lte']: after[0] } }, afterKeyset(columnsOf[sort], after)],
  };
}
