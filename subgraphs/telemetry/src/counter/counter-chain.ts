import type { MeasurementRow } from '../derivation/measurements.store.ts';
import type { Neighbour, Span } from './counter-history.store.ts';
import { counterStep } from './counter-step.ts';

type NewRow = Omit<MeasurementRow, 'delta'>;

/** New readings of one counter that lie close together, oldest first. */
export interface CounterRun {
  readonly rows: readonly NewRow[];
  readonly span: Span;
}

export interface CounterChain {
  /** New counter readings, each with the volume since the reading before it. */
  readonly rows: readonly MeasurementRow[];
  /** Readings that were there and whose predecessor is now one of the new ones. */
  readonly changed: readonly Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt' | 'delta' | 'flags'>[];
}

/** A longer gap starts a new run, so that one late reading does not make us read everything since. */
const longestGapMs = 3_600_000;

/** Sorts new counter readings into runs: what is stored in and around each is all that is needed to link them. */
export function toRuns(rows: readonly NewRow[]): readonly CounterRun[] {
  const runs: CounterRun[] = [];
  for (const own of Map.groupBy(rows, (row) => `${row.point.id}|${row.variable}`).values()) {
    const sorted = own.toSorted((a, b) => a.measuredAt.getTime() - b.measuredAt.getTime());
    let run: NewRow[] = [];
    for (const row of sorted) {
      const last = run.at(-1);
      if (last !== undefined && row.measuredAt.getTime() - last.measuredAt.getTime() > longestGapMs) {
        runs.push(toRun(run));
        run = [];
      }
      run.push(row);
    }
    runs.push(toRun(run));
  }
  return runs;
}

/**
 * Links new counter readings with those that are stored, whatever the order in which they came: afterwards every delta
 * is the step from the reading right before it in time. Readings that another source told first are left out.
 * @param histories what is stored in and around each run
 */
export function linkCounters(runs: readonly CounterRun[], histories: readonly (readonly Neighbour[])[]): CounterChain {
  const rows: MeasurementRow[] = [];
  const changed: MeasurementRow[] = [];
  const placed = runs.map((run, index) => ({ ...run, history: histories[index] ?? [] }));
  // All runs of a counter in one line: where nothing is stored between two of them, the next follows the last.
  for (const own of Map.groupBy(placed, ({ span }) => `${span.pointId}|${span.variable}`).values()) {
    const stored = new Map(own.flatMap(({ history }) => history.map((known) => [known.measuredAt.getTime(), known])));
    const added = own.flatMap((run) => run.rows).filter((row) => !stored.has(row.measuredAt.getTime()));
    const [example] = added;
    if (example === undefined) continue;
    const links: Link[] = [
      ...added.map((row) => ({ ...row, isNew: true })),
      ...[...stored.values()].filter(({ isHeld }) => !isHeld).map((known) => toLink(known, example)),
    ];
    links.sort((a, b) => a.measuredAt.getTime() - b.measuredAt.getTime());
    links.forEach((link, place) => {
      const before = links[place - 1];
      if (link.isNew) rows.push(step(link, before?.value ?? null));
      // A stored reading has another predecessor now only if that one is new.
      else if (before?.isNew) changed.push(step(link, before.value));
    });
  }
  return { rows, changed };
}

interface Link extends NewRow {
  readonly isNew: boolean;
}

/** A stored reading in the shape of a new one of its counter; only time, value and flags are its own. */
function toLink({ measuredAt, value, flags }: Neighbour, example: NewRow): Link {
  const own = flags.filter((flag) => flag === 'OUT_OF_RANGE' || flag === 'CLOCK_AHEAD');
  return { ...example, measuredAt, value, flags: own, isNew: false };
}

function step({ isNew: _, ...row }: Link, previousM3: number | null): MeasurementRow {
  const { deltaM3, flag } = counterStep(previousM3, row.value, row.point.capacityM3);
  return { ...row, delta: deltaM3, flags: flag === null ? row.flags : [...row.flags, flag] };
}

function toRun(rows: readonly NewRow[]): CounterRun {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) throw new Error('A run has at least one reading');
  const span = { pointId: first.point.id, variable: first.variable, from: first.measuredAt, to: last.measuredAt };
  return { rows, span };
}
