'use client';
import { useTranslations } from 'next-intl';
import { dayCount } from '../ui/format/day-range.ts';
import { useFormat } from '../ui/format/use-format.ts';
import type { Scope } from './scope.ts';

/** What the period is compared with, in words: `vs. octubre`, or the days. */
export function useComparisonNote({ comparison }: Scope): string {
  const t = useTranslations('range');
  const format = useFormat();
  const { kind, range } = comparison;
  return kind === 'month'
    ? t('versus', { period: format.month(range.from) })
    : t('versusDays', { count: dayCount(range) });
}
