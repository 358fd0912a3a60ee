import { checkRange, type PeriodFilter } from '../kpis/period-filter.ts';
import type { AdiflowCell, createAdiflowStore } from './adiflow.store.ts';
import { type AdiflowOutcome, adiflowOutcomes } from './adiflow-outcomes.ts';
import { addArms, emptyArm, type MatchedEffect, matchedEffect, type Stratum } from './matched-effect.ts';

export interface OutcomeEffect extends MatchedEffect {
  readonly metric: AdiflowOutcome;
}

export interface AdiflowEffect {
  /** Matched by product, plant and month. */
  readonly outcomes: readonly OutcomeEffect[];
  /** Matched by moisture as well: the part of the effect that is not just water. */
  readonly waterMatched: readonly OutcomeEffect[];
  /** Kilograms of water a ton of raw material, on both sides of the same matched orders. */
  readonly water: MatchedEffect;
  /** What stands behind all of it: of orders, not of laboratory values. */
  readonly overall: Pick<MatchedEffect, 'counts' | 'refusal'>;
}

export interface Adiflow {
  effect(filter: PeriodFilter): Promise<AdiflowEffect>;
}

/** What Adiflow does, compared between orders that are alike in everything else that is known of them. */
export function createAdiflow(store: ReturnType<typeof createAdiflowStore>): Adiflow {
  return {
    async effect(filter) {
      checkRange(filter.range);
      const cells = await store.cells(filter);
      const weighed = cells.filter(({ waterBand }) => waterBand !== null);
      const byStratum = Map.groupBy(cells, ({ stratum }) => stratum);
      const byMoisture = Map.groupBy(weighed, ({ stratum, waterBand }) => `${stratum}/${waterBand}`);
      const { counts, refusal } = matchedEffect(strataOf(byStratum, 'EFFICIENCY_PCT'));
      return {
        outcomes: effectsOf(byStratum),
        waterMatched: effectsOf(byMoisture),
        // Water is in kilograms and raw material in tons: the ratio is what it says.
        water: matchedEffect(strataOf(byStratum, 'WATER')),
        overall: { counts, refusal },
      };
    },
  };
}

type Groups = ReadonlyMap<string, readonly AdiflowCell[]>;

const scaleOf: Readonly<Record<AdiflowOutcome, number>> = {
  EFFICIENCY_PCT: 100,
  SACKOFF_PCT: 100,
  DURABILITY_PCT: 1,
  HARDNESS: 1,
  FINES_PCT: 1,
};

function effectsOf(groups: Groups): OutcomeEffect[] {
  return adiflowOutcomes.map((metric) => ({ metric, ...matchedEffect(strataOf(groups, metric), scaleOf[metric]) }));
}

function strataOf(groups: Groups, measure: AdiflowOutcome | 'WATER'): Stratum[] {
  return [...groups.values()].map((cells) => {
    const side = (hasAdiflow: boolean) =>
      cells
        .filter((cell) => cell.hasAdiflow === hasAdiflow)
        .map((cell) => cell[measure])
        .reduce(addArms, emptyArm);
    return { with: side(true), without: side(false) };
  });
}
