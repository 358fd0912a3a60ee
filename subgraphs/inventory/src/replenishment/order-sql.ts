import { Prisma } from '@cauce/prisma/client';

/**
 * What to order, as a list of CTEs that ends in `proposal`, from a relation `input` with a row for each product:
 * `on_hand`, `minimum`, `maximum`, `over_lead` and `over_all` (the demand that is expected over the lead time L, and over
 * L and the R days between reviews), `lead_deviation` and `all_deviation` (by how much those sums may be missed),
 * `pack`, `minimum_order`, `service_level`, `price`. With z, the normal quantile of the service level:
 *
 *   safety stock   z · all_deviation
 *   reorder point  the greater of the minimum and  over_lead + z · lead_deviation
 *   target         the greater of the minimum and  over_all + safety stock,  at most the maximum
 *   quantity       target − on hand, at least the minimum order, rounded up to whole packs; where that would go over
 *                  the maximum, the whole packs that fit under it, or none when they are less than the minimum order
 *   money at risk  (over_lead − on hand, where stock below zero counts as zero) times the price: what is likely to be
 *                  asked for before an order of today arrives, and is not there
 *
 * A product is proposed when what is on hand is at or below the reorder point and below the target.
 */
export function orderSql(): Prisma.Sql {
  return Prisma.sql`
    quantile AS (
      SELECT input.*, ${normalQuantile(Prisma.raw('service_level::float8'))}::numeric AS z FROM input
      WHERE on_hand <= greatest(minimum, over_lead + ${Prisma.raw(mostQuantile)} * lead_deviation) OFFSET 0
    ),
    level AS (
      SELECT quantile.*, greatest(z, 0) * all_deviation AS safety,
        greatest(minimum, over_lead + greatest(z, 0) * lead_deviation) AS reorder_point,
        round(greatest(over_lead - greatest(on_hand, 0), 0) * price, 2) AS at_risk
      FROM quantile OFFSET 0
    ), goal AS (
      SELECT level.*, greatest(minimum, over_all + safety) AS needed,
        least(greatest(minimum, over_all + safety), maximum) AS target
      FROM level OFFSET 0
    ), need AS (
      SELECT goal.*, ceil(greatest(target - on_hand, minimum_order) / pack) * pack AS wanted,
        floor((maximum - on_hand) / pack) * pack AS room
      FROM goal WHERE on_hand <= reorder_point AND target > on_hand OFFSET 0
    ), proposal AS (
      SELECT need.*,
        CASE WHEN room IS NULL OR room >= wanted THEN wanted
          WHEN room >= greatest(minimum_order, pack) THEN room ELSE 0 END AS quantity,
        CASE WHEN room IS NULL OR (room >= wanted AND needed <= maximum) THEN 'NONE'
          WHEN room >= least(greatest(minimum_order, pack), wanted) THEN 'MAXIMUM' ELSE 'NO_ROOM' END AS limited_by,
        CASE WHEN on_hand < 0 THEN 'NEGATIVE_STOCK' WHEN on_hand < minimum THEN 'BELOW_MINIMUM'
          ELSE 'BELOW_REORDER_POINT' END AS reason
      FROM need OFFSET 0
    )`;
}

/** No quantile is greater: what has more on hand than that many deviations cover is not looked at any further. */
const mostQuantile = '5.5556';

/** Shore's closed form of the quantile of a normal distribution: within 0.7 % from 0.8 to 0.9999, where service levels are. */
function normalQuantile(share: Prisma.Sql): Prisma.Sql {
  const upper = Prisma.sql`${Prisma.raw(mostQuantile)} * (1 - (least(${share}, 1 - ${share}) / greatest(${share}, 1 - ${share})) ^ 0.1186)`;
  return Prisma.sql`(sign(${share} - 0.5) * ${upper})`;
}
