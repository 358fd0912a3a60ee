import type { AlertSeverity, CounterStepKind } from '../../../graphql/generated/graphql.ts';
import type { TimeWindow } from '../../../ui/charts/time-window.ts';

/** Something that happened at a point, to be marked on the axis. */
export interface PointMark {
  readonly id: string;
  readonly atMs: number;
  /** For what lasts; null for an instant, or for what goes on. */
  readonly untilMs: number | null;
  readonly kind: 'alert' | 'counter' | 'meter';
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly text: string;
}

/** Marks that would touch each other, as one. */
export interface MarkGroup {
  readonly atMs: number;
  readonly marks: readonly PointMark[];
}

/** Kinds of counter readings that deserve a mark; the rest is in the story of the counter. */
export const markedSteps: readonly CounterStepKind[] = [
  'RESET',
  'ROLLOVER',
  'REPLACED',
  'JUMP',
  'DECREASE',
  'SPIKE',
  'UNCONFIRMED',
];

/** The marks of a window from left to right; those nearer to each other than `nearShare` of it stand together. */
export function groupMarks(marks: readonly PointMark[], window: TimeWindow, nearShare: number): readonly MarkGroup[] {
  const nearMs = (window.toMs - window.fromMs) * nearShare;
  const shown = marks
    .filter(({ atMs }) => atMs >= window.fromMs && atMs < window.toMs)
    .toSorted((one, other) => one.atMs - other.atMs || one.id.localeCompare(other.id));
  const groups: { readonly atMs: number; readonly marks: PointMark[] }[] = [];
  for (const mark of shown) {
    const last = groups.at(-1);
    if (last === undefined || mark.atMs - last.atMs > nearMs) groups.push({ atMs: mark.atMs, marks: [mark] });
    else last.marks.push(mark);
  }
  return groups;
}

const rank: Readonly<Record<AlertSeverity, number>> = { INFO: 0, WARNING: 1, CRITICAL: 2 };

/** The mark that a group is drawn as: the worst, and of equals the first. */
export function worstMark({ marks }: MarkGroup): PointMark | undefined {
  return marks.toSorted((one, other) => rank[other.severity] - rank[one.severity])[0];
}
