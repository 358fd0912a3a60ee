'use client';
import { useFormat } from '../../ui/format/use-format.ts';

/** When something runs next: the time of day, with its day when that is not today. */
export function NextRun({ at, nowMs }: { readonly at: string | null; readonly nowMs: number }) {
  const format = useFormat();
  if (at === null) return '–';
  const isToday = format.dayOf(at) === format.dayOf(nowMs);
  return (
    <time dateTime={at} title={format.instant(at)}>
      {isToday ? format.clock(at) : `${format.dayOf(at)}, ${format.clock(at)}`}
    </time>
  );
}
