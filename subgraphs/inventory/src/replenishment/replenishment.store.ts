import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { ListCursor } from '../list-cursor.ts';
import { withoutNul } from '../plain-text.ts';
import { companyReachSql, reachedIds } from '../reach-sql.ts';
import { type Bought, buyingDaySql, demandSql } from './demand-sql.ts';
import { orderSql } from './order-sql.ts';
import type {
  ReplenishmentFilter,
  ReplenishmentProposal,
  ReplenishmentSort,
  ReplenishmentSums,
  SupplierSums,
} from './replenishment.ts';

/** A proposal on its page of a list: the value that the list is sorted by, and how many proposals there are. */
export interface ListedProposal extends ReplenishmentProposal {
  readonly sortValue: string;
  readonly total: number;
}

/** Works out what a site should buy, from its stock and its demand. Nothing for a site that the viewer does not reach. */
export interface ReplenishmentStore {
  page(
    bought: Bought,
    filter: ReplenishmentFilter,
    sort: ReplenishmentSort,
    cursor: ListCursor,
  ): Promise<ListedProposal[]>;
  count(bought: Bought, filter: ReplenishmentFilter): Promise<number>;
  /** By supplier, those without one last. */
  sums(bought: Bought, filter: ReplenishmentFilter): Promise<SupplierSums[]>;
}

export function createReplenishmentStore(client: PrismaClient, viewer: Viewer): ReplenishmentStore {
  const reached = ({ siteId, ...rest }: Bought): Bought | null => {
    const [site] = reachedIds(viewer.siteIds, [siteId]);
    return site === undefined ? null : { ...rest, siteId: site };
  };
  /** The proposals that a filter leaves, as the CTE `wanted_row`; names, where they are asked about, only of products that the viewer may see. */
  const wantedRows = async (bought: Bought, filter: ReplenishmentFilter, isByName = false) => {
    const [{ day } = { day: null }] = await client.$queryRaw<{ day: string | null }[]>`${buyingDaySql(bought)}`;
    if (day === null) throw new Error('An aggregate without groups answers one row');
    const isNamed = isByName || wordsOf(filter).length > 0;
    const seen = (column: string) =>
      isNamed
        ? Prisma.sql`CASE WHEN ${companyReachSql(viewer, 'n')} THEN ${Prisma.raw(column)} ELSE '' END`
        : Prisma.sql`''`;
    return Prisma.sql`
    ${demandSql(bought, day)}, ${orderSql()}, seen AS (
      SELECT p.*, ${seen('n.nombre')} AS seen_name, ${seen('n.codigo')} AS seen_sku,
        CASE WHEN p.over_all > 0 THEN round(greatest(p.on_hand, 0) * (p.lead_days + p.review_days) / p.over_all, 3) END AS days_left
      FROM proposal p LEFT JOIN inventory.erp_productos n ON n.id = p.product_id
    ), wanted_row AS (SELECT s.* FROM seen s WHERE ${conditions(filter)})`;
  };

  return {
    async page(asked, filter, sort, { limit, after }) {
      const bought = reached(asked);
      if (bought === null) return [];
      const { key, type, isDescending } = sorts[sort];
      const sortKey = Prisma.raw(key);
      const continues =
        after === null
          ? Prisma.empty
          : Prisma.sql`WHERE ${sortKey} ${Prisma.raw(isDescending ? '<' : '>')} ${after.value}::${Prisma.raw(type)}
              OR (${sortKey} = ${after.value}::${Prisma.raw(type)} AND product_id > ${after.id}::uuid)`;
      const order = Prisma.raw(`${key} ${isDescending ? 'DESC' : 'ASC'}, product_id`);
      return client.$queryRaw<ListedProposal[]>`
        WITH ${await wantedRows(bought, filter, sort === 'NAME')}, shown AS (
          SELECT w.*, ${sortKey} AS sort_key, (SELECT count(*) FROM wanted_row)::int AS total FROM wanted_row w
          ${continues} ORDER BY ${order} LIMIT ${limit + 1}
        )
        SELECT product_id AS "productId", ${bought.siteId} AS "siteId", reason, trim_scale(quantity)::text AS quantity,
          limited_by AS "limitedBy", trim_scale(round(quantity * cost, 2))::text AS "orderCost",
          trim_scale(at_risk)::text AS "valueAtRisk", trim_scale(on_hand)::text AS "onHand",
          trim_scale(minimum)::text AS minimum, trim_scale(maximum)::text AS maximum,
          CASE WHEN is_forecast THEN 'FORECAST' ELSE 'SALES' END AS "demandSource",
          CASE WHEN is_forecast THEN forecast_from::text END AS "forecastFrom",
          CASE WHEN is_forecast THEN NULL WHEN is_fresh THEN 'SHORT' WHEN forecast_from IS NOT NULL THEN 'STALE'
            ELSE 'MISSING' END AS "forecastGap",
          ${short(Prisma.raw('CASE WHEN lead_days + review_days > 0 THEN over_all / (lead_days + review_days) ELSE sold_daily END'))} AS "dailyDemand",
          ${short(Prisma.raw('CASE WHEN is_forecast THEN all_deviation / greatest(sqrt(lead_days + review_days), 1)::numeric ELSE sold_deviation END'))} AS "demandDeviation", ${short(Prisma.raw('over_lead'))} AS "leadTimeDemand",
          lead_days AS "leadTimeDays", review_days AS "reviewPeriodDays", trim_scale(service_level)::text AS "serviceLevel",
          trim_scale(pack)::text AS "packSize", trim_scale(minimum_order)::text AS "minimumOrder",
          ${short(Prisma.raw('safety'))} AS "safetyStock", ${short(Prisma.raw('reorder_point'))} AS "reorderPoint",
          ${short(Prisma.raw('target'))} AS "targetLevel",
          ${short(Prisma.raw('needed'))} AS "neededLevel", u.unidad_medida AS unit, supplier AS "supplierName", setting_id AS "settingId",
          sort_key::text AS "sortValue", total
        FROM shown JOIN inventory.erp_productos u ON u.id = shown.product_id ORDER BY ${Prisma.raw(`sort_key ${isDescending ? 'DESC' : 'ASC'}`)}, product_id`;
    },
    async count(asked, filter) {
      const bought = reached(asked);
      if (bought === null) return 0;
      const [row] = await client.$queryRaw<{ count: number }[]>`
        WITH ${await wantedRows(bought, filter)} SELECT count(*)::int AS count FROM wanted_row`;
      return row?.count ?? 0;
    },
    async sums(asked, filter) {
      const bought = reached(asked);
      if (bought === null) return [];
      return client.$queryRaw<SupplierSums[]>`
        WITH ${await wantedRows(bought, filter)}
        SELECT supplier AS "supplierName", count(*)::int AS "proposalCount",
          trim_scale(coalesce(sum(round(quantity * cost, 2)), 0))::text AS "orderCost",
          trim_scale(sum(at_risk))::text AS "valueAtRisk",
          count(*) FILTER (WHERE cost IS NULL)::int AS "withoutCostCount",
          count(*) FILTER (WHERE limited_by = 'NO_ROOM')::int AS "noRoomCount",
          count(*) FILTER (WHERE is_forecast)::int AS "forecastCount"
        FROM wanted_row GROUP BY supplier ORDER BY sum(at_risk) DESC, supplier NULLS LAST`;
    },
  };
}

/** Adds up what was added up by supplier. */
export function sumsOf(parts: readonly ReplenishmentSums[]): ReplenishmentSums {
  const count = (field: 'proposalCount' | 'withoutCostCount' | 'noRoomCount' | 'forecastCount') =>
    parts.reduce((sum, part) => sum + part[field], 0);
  const money = (field: 'orderCost' | 'valueAtRisk') =>
    parts.reduce((sum, part) => sum.plus(part[field]), new Prisma.Decimal(0)).toFixed();
  return {
    proposalCount: count('proposalCount'),
    orderCost: money('orderCost'),
    valueAtRisk: money('valueAtRisk'),
    withoutCostCount: count('withoutCostCount'),
    noRoomCount: count('noRoomCount'),
    forecastCount: count('forecastCount'),
  };
}

/** What cannot be said (a cost, days without any demand) is last. */
const sorts: Readonly<
  Record<ReplenishmentSort, { readonly key: string; readonly type: string; readonly isDescending: boolean }>
> = {
  VALUE_AT_RISK: { key: 'at_risk', type: 'numeric', isDescending: true },
  ORDER_COST: { key: 'coalesce(round(quantity * cost, 2), -1)', type: 'numeric', isDescending: true },
  DAYS_LEFT: { key: 'coalesce(days_left, 1e12)', type: 'numeric', isDescending: false },
  NAME: { key: 'seen_name', type: 'text', isDescending: false },
  SUPPLIER: { key: "coalesce(supplier, '\uffff')", type: 'text', isDescending: false },
};

const wordsOf = ({ search }: ReplenishmentFilter) =>
  withoutNul(search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');

function conditions(filter: ReplenishmentFilter): Prisma.Sql {
  const { supplier, withoutSupplier, reason, demandSource } = filter;
  const all = [Prisma.sql`TRUE`];
  for (const word of wordsOf(filter)) {
    all.push(
      Prisma.sql`position(platform.search_text(${word}) IN platform.search_text(s.seen_sku || ' ' || s.seen_name)) > 0`,
    );
  }
  if (typeof supplier === 'string') all.push(Prisma.sql`s.supplier = ${withoutNul(supplier)}`);
  if (typeof withoutSupplier === 'boolean') all.push(Prisma.sql`(s.supplier IS NULL) = ${withoutSupplier}`);
  if (reason) all.push(Prisma.sql`s.reason = ${reason}`);
  if (demandSource) all.push(Prisma.sql`s.is_forecast = ${demandSource === 'FORECAST'}`);
  return Prisma.join(all, ' AND ');
}

/** Derived quantities say no more than a thousandth. */
function short(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`trim_scale(round(${column}, 3))::text`;
}
