/** How far a counter moved between two neighbouring readings. */
export interface CounterStep {
  /** m3; null for the first reading there is. */
  readonly deltaM3: number | null;
  readonly flag: 'COUNTER_RESET' | 'COUNTER_ROLLOVER' | null;
}

/**
 * The volume between two readings of a counter. A counter that went back either rolled over its last digit (it was
 * nearly full and is nearly empty) or began again from zero, so that all it shows has flowed since.
 * @param previousM3 the reading before, null when there is none
 * @param capacityM3 where the counter rolls over, null when it does not
 */
export function counterStep(previousM3: number | null, currentM3: number, capacityM3: number | null): CounterStep {
  if (previousM3 === null) return { deltaM3: null, flag: null };
  if (currentM3 >= previousM3) return { deltaM3: round(currentM3 - previousM3), flag: null };
  const isFull = capacityM3 !== null && previousM3 <= capacityM3 && previousM3 > 0.9 * capacityM3;
  if (isFull && currentM3 < 0.1 * capacityM3) {
    return { deltaM3: round(capacityM3 - previousM3 + currentM3), flag: 'COUNTER_ROLLOVER' };
  }
  return { deltaM3: currentM3, flag: 'COUNTER_RESET' };
}

/** The difference of two doubles carries noise far below what a counter can show. */
function round(volumeM3: number): number {
  return Math.round(volumeM3 * 1e9) / 1e9;
}
