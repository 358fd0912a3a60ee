import { Prisma } from '@cauce/prisma/client';

/** Days that a trailing demand looks back: long enough for slow sellers, short enough to follow the season. */
export const demandDays = 90;

/**
 * The calendar day it is where the rows of some companies are kept, in the zone of their ERP. A scalar subquery, so that
 * indexes on dates still serve.
 * @param companies condition over `i.company_id`
 */
export function todaySql(now: Date, companies: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT (${now}::timestamptz AT TIME ZONE coalesce(min(i.time_zone), 'America/Santiago'))::date
    FROM inventory.erp_installations i WHERE i.is_active AND ${companies})`;
}

/** Complete days before today: today's sales are still coming in. */
export function inDemandDays(day: Prisma.Sql, today: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${day} >= ${today} - ${demandDays}::int AND ${day} < ${today}`;
}
