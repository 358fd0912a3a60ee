import type { CounterReading, MeterFacts } from './counter-reading.ts';
import { atTheBeginning, type CounterStep, explainCounter, isHeld, lookahead } from './explain-counter.ts';

/** A reading in its place, and whether it was believed when the counter was last explained. */
export interface KnownReading {
  readonly reading: CounterReading;
  readonly wasBelieved: boolean;
}

/** A stretch of a counter around readings that are new or another than before. */
export interface Stretch {
  /** Oldest first. It begins at a believed reading with `lookahead` more between it and the first change, or at the counter's first. */
  readonly readings: readonly KnownReading[];
  readonly firstChange: number;
  readonly lastChange: number;
  readonly isFromTheBeginning: boolean;
  /** Whether the counter has no reading after the stretch. */
  readonly isToTheEnd: boolean;
}

/** Believed readings that a stretch needs before the first change, the one to begin from included. */
export const readingsBefore = lookahead + 1;

/**
 * The steps of a stretch as explaining the whole counter would give them; null when the stretch is too short to know
 * where the effect of the changes ends, and must be read further. The first reading of a stretch that does not begin
 * with the counter has no step: nothing that changed reaches it.
 */
export function explainAgain(stretch: Stretch, facts: MeterFacts): readonly CounterStep[] | null {
  const { readings, lastChange, isFromTheBeginning, isToTheEnd } = stretch;
  const [first, ...others] = readings;
  if (first === undefined) return [];
  const steps = isFromTheBeginning
    ? explainCounter(
        readings.map(({ reading }) => reading),
        facts,
        atTheBeginning,
      )
    : explainCounter(
        others.map(({ reading }) => reading),
        facts,
        { last: first.reading, heldInARow: 0 },
      );
  if (isToTheEnd) return steps;
  const known = isFromTheBeginning ? readings : others;
  // From a reading on that was believed before and is believed now, and whose followers are all here, nothing differs.
  const settled = steps.findIndex(
    (step, place) =>
      step.reading.at > lastChange &&
      place + lookahead < steps.length &&
      known[place]?.wasBelieved === true &&
      !isHeld(step.kind),
  );
  return settled === -1 ? null : steps.slice(0, settled + 1);
}
