'use client';
import { useTranslations } from 'next-intl';
import { useFormat } from '../ui/format/use-format.ts';
import type { Scope } from './scope.ts';

/** What the period is compared with, in words: `vs. octubre`, or the days. */
export function useComparisonNote({ comparison }: Scope): string {
  const t = useTranslations('range');
  const format = useFormat();
  const { kind, range } = comparison;
  return t('versus', { period: kind === 'month' ? format.month(range.from) : format.range(range) });
}
