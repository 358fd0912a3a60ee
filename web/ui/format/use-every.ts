'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { cronWords } from './cron-words.ts';

/** Says when a cron expression runs, by the clock that it goes by: `cada 6 horas`; null for one that takes too many words. */
export function useEvery(): (cron: string) => string | null {
  const t = useTranslations('every');
  return useMemo(
    () => (cron) => {
      const words = cronWords(cron);
      return words === null ? null : t(words.kind, { ...words });
    },
    [t],
  );
}
