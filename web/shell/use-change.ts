'use client';
import { type ChangeOptions, describeChange } from '../ui/format/change.ts';
import { useFormat } from '../ui/format/use-format.ts';
import type { StatProps } from '../ui/stat.tsx';
import type { Scope } from './scope.ts';
import { useComparisonNote } from './use-comparison-note.ts';

type Compare = (
  now: number | null,
  before: number | null | undefined,
  options: Omit<ChangeOptions, 'note'>,
) => Pick<StatProps, 'comparison'>;

/** How a number differs from the period before, as props of its `Stat`; none when there is nothing to compare. */
export function useChange(scope: Scope): Compare {
  const format = useFormat();
  const note = useComparisonNote(scope);
  return (now, before, options) => {
    const comparison = now === null ? undefined : describeChange(now, before, { ...options, note }, format);
    return comparison === undefined ? {} : { comparison };
  };
}
