import type { ForecastRunFactsFragment } from '../../../graphql/generated/graphql.ts';

type Run = Pick<ForecastRunFactsFragment, 'status' | 'places' | 'done' | 'startedAt'>;

export interface RunPace {
  /** 0 to 1; null while nobody can say. */
  readonly share: number | null;
  /** Products at sites a second, and milliseconds that are left at that pace; null while there is too little to go by. */
  readonly perSecond: number | null;
  readonly leftMs: number | null;
}

/** Fewer say little: what is unchanged passes in no time, what is forecast anew does not. */
const leastDone = 20;
const leastMs = 2_000;

/** How far a run is and how fast, by the clock of who looks at it. */
export function paceOf({ places, done, startedAt }: Run, nowMs: number): RunPace {
  const share = places === null ? null : places === 0 ? 1 : Math.min(1, done / places);
  const spentMs = startedAt === null ? 0 : nowMs - Date.parse(startedAt);
  if (places === null || done < leastDone || spentMs < leastMs) return { share, perSecond: null, leftMs: null };
  const perSecond = (1_000 * done) / spentMs;
  return { share, perSecond, leftMs: (1_000 * Math.max(0, places - done)) / perSecond };
}

/** It waits for a worker, or has one. */
export const isOpen = ({ status }: Pick<Run, 'status'>): boolean => status === 'PENDING' || status === 'RUNNING';
