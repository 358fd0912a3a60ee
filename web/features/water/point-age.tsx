'use client';
import { useFormat } from '../../ui/format/use-format.ts';
import { useNow } from '../../ui/use-now.ts';

/** How old a point's newest value is, counting on. */
export function PointAge({ at }: { readonly at: number | null }) {
  const format = useFormat();
  const now = useNow();
  if (at === null || now === null) return '–';
  return (
    <time dateTime={new Date(at).toISOString()} title={format.instant(at)}>
      {format.age(now - at)}
    </time>
  );
}
