import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { DateRange } from '@cauce/shared/schema/date-range';
import type { Keyset } from '@cauce/shared/schema/keyset';
import { inDays } from '../kpis/order-facts.ts';
import { orderReach } from '../order-reach.ts';

/** Newest orders first, behind the one last seen. */
export interface ProductOrdersQuery {
  readonly range: DateRange | null;
  readonly limit: number;
  /** Plant time and id of the last one seen. */
  readonly after: Keyset['after'];
}

export interface ProductOrderIds {
  readonly sku: string;
  readonly id: string;
}

/** The orders of many products in one statement, so that a list of products does not ask once for each. */
export function createProductOrderStore(client: PrismaClient, viewer: Viewer) {
  const whereOf = (range: DateRange | null) =>
    Prisma.sql`o.referencia_producto = k.sku AND ${range === null ? Prisma.sql`TRUE` : inDays(range)} AND ${orderReach(viewer)}`;
  return {
    /** Up to `limit` ids of each sku, in order. */
    ids: (skus: readonly string[], { range, limit, after }: ProductOrdersQuery) => client.$queryRaw<ProductOrderIds[]>`
      SELECT k.sku, r.id::text AS id
      FROM unnest(${[...skus]}::text[]) AS k (sku)
      CROSS JOIN LATERAL (
        SELECT o.id, o.fecha_produccion
        FROM production.produccion_aliar o
        WHERE ${whereOf(range)} AND ${
          after === null
            ? Prisma.sql`TRUE`
            : Prisma.sql`(o.fecha_produccion, o.id) < (${after[0]}::timestamp, ${after[1]}::uuid)`
        }
        ORDER BY o.fecha_produccion DESC, o.id DESC
        LIMIT ${limit}
      ) r
      ORDER BY k.sku, r.fecha_produccion DESC, r.id DESC`,

    counts: (skus: readonly string[], range: DateRange | null) => client.$queryRaw<{ sku: string; orders: number }[]>`
      SELECT k.sku, r.orders
      FROM unnest(${[...skus]}::text[]) AS k (sku)
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS orders FROM production.produccion_aliar o WHERE ${whereOf(range)}
      ) r`,
  };
}
