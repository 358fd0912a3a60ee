import { Prisma } from '@cauce/prisma/client';
import type { DateRange } from '@cauce/shared/schema/date-range';
import { largestYield, plausibleHardness } from '../orders/order-quality.ts';

/**
 * One order as the sums need it, in SQL: weights in tons with null cancellations and water as zero, whether its
 * weights may be used at all, and lab values that are none set to null. Everything that counts orders reads this.
 * `OFFSET 0` keeps Postgres from merging it into the sums, where each of forty would work it out again for every row.
 * @param where over the alias `o`
 */
export function orderFacts(where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT
      o.site_id, o.company_id, btrim(o.referencia_producto) AS sku, o.fecha_produccion::date AS day,
      o.tiene_adiflow AS has_adiflow, o.updated_at,
      o.toneladas_a_producir AS planned, o.toneladas_producidas AS produced,
      coalesce(o.toneladas_anuladas, 0) AS cancelled,
      o.toneladas_materia_prima_consumida AS raw, o.peso_agua_kg AS water_kg,
      coalesce(o.peso_agua_kg, 0) / 1000 AS water,
      coalesce(o.order_produccion_despachada, FALSE) AS is_dispatched,
      ${usableSql} AS is_usable,
      CASE WHEN o.durabilidad_pct_qa_agroindustrial BETWEEN 1 AND 100
        THEN o.durabilidad_pct_qa_agroindustrial END AS durability,
      m.durability_method,
      CASE WHEN o.finos_pct_qa_agroindustrial BETWEEN 0 AND 100 THEN o.finos_pct_qa_agroindustrial END AS fines,
      CASE WHEN ${hardnessIsPlausible} THEN o.dureza_qa_agroindustrial END AS hardness,
      m.hardness_unit
    FROM production.produccion_aliar o
    LEFT JOIN production.plant_mappings m ON lower(btrim(m.planta)) = lower(btrim(o.planta))
    WHERE ${where}
    OFFSET 0`;
}

/** `isUsable` in SQL. `least` passes over nulls. */
export const usableSql = Prisma.sql`(
  coalesce(least(o.toneladas_a_producir, o.toneladas_producidas, o.toneladas_anuladas,
    o.toneladas_materia_prima_consumida, o.peso_agua_kg), 0) >= 0
  AND NOT (coalesce(o.toneladas_a_producir, 0) > 0
    AND coalesce(o.toneladas_producidas, 0) > o.toneladas_a_producir * ${largestYield}::numeric))`;

const hardnessIsPlausible = Prisma.sql`CASE m.hardness_unit ${Prisma.join(
  Object.entries(plausibleHardness).map(
    ([unit, [min, max]]) =>
      Prisma.sql`WHEN ${unit} THEN o.dureza_qa_agroindustrial BETWEEN ${min}::numeric AND ${max}::numeric`,
  ),
  ' ',
)} ELSE FALSE END`;

/** Orders of calendar days of the plant, both ends included. */
export function inDays({ from, to }: DateRange): Prisma.Sql {
  return Prisma.sql`(o.fecha_produccion >= ${from}::date AND o.fecha_produccion < ${to}::date + 1)`;
}
