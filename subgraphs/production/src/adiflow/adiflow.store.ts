import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { orderFacts } from '../kpis/order-facts.ts';
import { type PeriodFilter, periodSql } from '../kpis/period-filter.ts';
import { type AdiflowOutcome, waterBandKgPerTon } from './adiflow-outcomes.ts';
import type { ArmSums } from './matched-effect.ts';

/** Orders alike in product, plant, month and moisture, on one side: with Adiflow or without. */
export interface AdiflowCell extends Readonly<Record<AdiflowOutcome | 'WATER', ArmSums>> {
  /** Product, plant and month. */
  readonly stratum: string;
  /** Null where the water was not weighed. */
  readonly waterBand: number | null;
  readonly hasAdiflow: boolean;
}

export function createAdiflowStore(client: PrismaClient, viewer: Viewer) {
  return {
    /** Finished orders with usable weights that say whether Adiflow was used. */
    cells: (filter: PeriodFilter) => client.$queryRaw<AdiflowCell[]>`
      SELECT
        concat_ws('/', f.sku, f.site_id, to_char(f.day, 'YYYY-MM')) AS "stratum",
        floor(f.water_kg / nullif(f.raw, 0) / ${waterBandKgPerTon})::int AS "waterBand",
        f.has_adiflow AS "hasAdiflow",
        ${armSums('f.produced', 'f.planned')} AS "EFFICIENCY_PCT",
        ${armSums('f.planned - f.produced - f.cancelled', 'f.produced')} AS "SACKOFF_PCT",
        ${armSums('f.durability', '1')} AS "DURABILITY_PCT",
        ${armSums('f.hardness', '1')} AS "HARDNESS",
        ${armSums('f.fines', '1')} AS "FINES_PCT",
        ${armSums('f.water_kg', 'f.raw')} AS "WATER"
      FROM (${orderFacts(periodSql({ ...filter, hasAdiflow: null }, viewer))}) f
      WHERE f.is_usable AND f.is_dispatched AND f.planned > 0 AND f.produced > 0
        AND f.has_adiflow IS NOT NULL AND f.sku IS NOT NULL AND f.site_id IS NOT NULL
      GROUP BY 1, 2, 3`,
  };
}

/** `ArmSums` of the ratio Σy / Σx over the rows that have both. The expressions are ours, never a client's. */
function armSums(y: string, x: string): Prisma.Sql {
  const has = `FILTER (WHERE (${y}) IS NOT NULL AND (${x}) IS NOT NULL)`;
  const sum = (expression: string) => `coalesce(sum(${expression}) ${has}, 0)::float8`;
  const product = (left: string, right: string) => sum(`(${left})::float8 * (${right})::float8`);
  return Prisma.raw(`jsonb_build_object(
    'orders', count(*) ${has},
    'x', ${sum(x)}, 'y', ${sum(y)},
    'xx', ${product(x, x)}, 'yy', ${product(y, y)}, 'xy', ${product(x, y)})`);
}
