import { Prisma } from '@cauce/prisma/client';

/**
 * What every headline number is made of. Sums add up over sites, products and days, so a ratio of a larger whole is
 * made from the sums of its parts and never from their ratios.
 */
export interface KpiSums {
  readonly orders: number;
  readonly dispatchedOrders: number;
  readonly cancelledOrders: number;
  readonly openOrders: number;
  /** Orders whose weights are impossible; they are in no sum. */
  readonly excludedOrders: number;
  readonly plannedTons: number;
  readonly producedTons: number;
  readonly cancelledTons: number;
  /** Orders with a plan above zero and a produced weight. */
  readonly yieldOrders: number;
  readonly yieldPlannedTons: number;
  readonly yieldProducedTons: number;
  /** Of those, the dispatched ones: an order that is not finished would look like a loss. */
  readonly lossOrders: number;
  readonly lossPlannedTons: number;
  readonly lossProducedTons: number;
  readonly lossCancelledTons: number;
  /** Of those, the ones whose raw material was weighed. */
  readonly massOrders: number;
  readonly massPlannedTons: number;
  readonly massCancelledTons: number;
  readonly massRawTons: number;
  readonly massWaterTons: number;
  readonly massProducedTons: number;
  /** Fines that the laboratory's share makes of what those orders produced. */
  readonly massFinesTons: number;
  readonly durabilityOrders: number;
  readonly durabilitySum: number;
  readonly durabilityMethod: string | null;
  readonly isDurabilityMixed: boolean;
  readonly hardnessOrders: number;
  readonly hardnessSum: number;
  readonly hardnessUnit: string | null;
  readonly isHardnessMixed: boolean;
  readonly finesOrders: number;
  readonly finesSum: number;
  /** Produced by orders that say whether Adiflow was used, and by those that used it. */
  readonly adiflowKnownOrders: number;
  readonly adiflowKnownTons: number;
  readonly adiflowTons: number;
  /** When one of these orders last changed in our database. */
  readonly changedAt: Date | null;
  /** The last plant day that has an order. */
  readonly lastProducedOn: string | null;
}

export const emptySums: KpiSums = {
  orders: 0,
  dispatchedOrders: 0,
  cancelledOrders: 0,
  openOrders: 0,
  excludedOrders: 0,
  plannedTons: 0,
  producedTons: 0,
  cancelledTons: 0,
  yieldOrders: 0,
  yieldPlannedTons: 0,
  yieldProducedTons: 0,
  lossOrders: 0,
  lossPlannedTons: 0,
  lossProducedTons: 0,
  lossCancelledTons: 0,
  massOrders: 0,
  massPlannedTons: 0,
  massCancelledTons: 0,
  massRawTons: 0,
  massWaterTons: 0,
  massProducedTons: 0,
  massFinesTons: 0,
  durabilityOrders: 0,
  durabilitySum: 0,
  durabilityMethod: null,
  isDurabilityMixed: false,
  hardnessOrders: 0,
  hardnessSum: 0,
  hardnessUnit: null,
  isHardnessMixed: false,
  finesOrders: 0,
  finesSum: 0,
  adiflowKnownOrders: 0,
  adiflowKnownTons: 0,
  adiflowTons: 0,
  changedAt: null,
  lastProducedOn: null,
};

const yields = Prisma.sql`is_usable AND planned > 0 AND produced IS NOT NULL`;
const losses = Prisma.sql`${yields} AND is_dispatched`;
const masses = Prisma.sql`${losses} AND raw > 0`;
const isCancelled = Prisma.sql`NOT is_dispatched AND planned > 0 AND cancelled >= planned AND coalesce(produced, 0) = 0`;

const count = (where: Prisma.Sql) => Prisma.sql`count(*) FILTER (WHERE ${where})::int`;
const sum = (value: Prisma.Sql, where: Prisma.Sql) =>
  Prisma.sql`coalesce(sum(${value}) FILTER (WHERE ${where}), 0)::float8`;

/** The sums as a select list over `orderFacts`. Each is exact (numeric) until it is handed over. */
export const kpiSumsSql = Prisma.sql`
  count(*)::int AS "orders",
  ${count(Prisma.sql`is_dispatched`)} AS "dispatchedOrders",
  ${count(isCancelled)} AS "cancelledOrders",
  ${count(Prisma.sql`NOT is_dispatched AND (${isCancelled}) IS NOT TRUE`)} AS "openOrders",
  ${count(Prisma.sql`NOT is_usable`)} AS "excludedOrders",
  ${sum(Prisma.sql`planned`, Prisma.sql`is_usable`)} AS "plannedTons",
  ${sum(Prisma.sql`produced`, Prisma.sql`is_usable`)} AS "producedTons",
  ${sum(Prisma.sql`cancelled`, Prisma.sql`is_usable`)} AS "cancelledTons",
  ${count(yields)} AS "yieldOrders",
  ${sum(Prisma.sql`planned`, yields)} AS "yieldPlannedTons",
  ${sum(Prisma.sql`produced`, yields)} AS "yieldProducedTons",
  ${count(losses)} AS "lossOrders",
  ${sum(Prisma.sql`planned`, losses)} AS "lossPlannedTons",
  ${sum(Prisma.sql`produced`, losses)} AS "lossProducedTons",
  ${sum(Prisma.sql`cancelled`, losses)} AS "lossCancelledTons",
  ${count(masses)} AS "massOrders",
  ${sum(Prisma.sql`planned`, masses)} AS "massPlannedTons",
  ${sum(Prisma.sql`cancelled`, masses)} AS "massCancelledTons",
  ${sum(Prisma.sql`raw`, masses)} AS "massRawTons",
  ${sum(Prisma.sql`water`, masses)} AS "massWaterTons",
  ${sum(Prisma.sql`produced`, masses)} AS "massProducedTons",
  ${sum(Prisma.sql`produced * fines / 100`, masses)} AS "massFinesTons",
  ${count(Prisma.sql`is_usable AND durability IS NOT NULL`)} AS "durabilityOrders",
  ${sum(Prisma.sql`durability`, Prisma.sql`is_usable`)} AS "durabilitySum",
  min(durability_method) FILTER (WHERE is_usable AND durability IS NOT NULL) AS "durabilityMethod",
  ${isMixed(Prisma.sql`durability_method`, Prisma.sql`durability`)} AS "isDurabilityMixed",
  ${count(Prisma.sql`is_usable AND hardness IS NOT NULL`)} AS "hardnessOrders",
  ${sum(Prisma.sql`hardness`, Prisma.sql`is_usable`)} AS "hardnessSum",
  min(hardness_unit) FILTER (WHERE is_usable AND hardness IS NOT NULL) AS "hardnessUnit",
  ${isMixed(Prisma.sql`hardness_unit`, Prisma.sql`hardness`)} AS "isHardnessMixed",
  ${count(Prisma.sql`is_usable AND fines IS NOT NULL`)} AS "finesOrders",
  ${sum(Prisma.sql`fines`, Prisma.sql`is_usable`)} AS "finesSum",
  ${count(Prisma.sql`is_usable AND has_adiflow IS NOT NULL AND produced > 0`)} AS "adiflowKnownOrders",
  ${sum(Prisma.sql`produced`, Prisma.sql`is_usable AND has_adiflow IS NOT NULL`)} AS "adiflowKnownTons",
  ${sum(Prisma.sql`produced`, Prisma.sql`is_usable AND has_adiflow`)} AS "adiflowTons",
  max(updated_at) AS "changedAt",
  max(day)::text AS "lastProducedOn"`;

/** Values of different methods or units, or of one that nobody named beside one that somebody did, do not average. */
function isMixed(kind: Prisma.Sql, value: Prisma.Sql): Prisma.Sql {
  const where = Prisma.sql`is_usable AND ${value} IS NOT NULL`;
  return Prisma.sql`coalesce(min(coalesce(${kind}, '?')) FILTER (WHERE ${where})
    <> max(coalesce(${kind}, '?')) FILTER (WHERE ${where}), FALSE)`;
}
