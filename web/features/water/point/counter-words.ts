'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { CounterStepKind, CounterStoryFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';

/** What happened to a counter, in words that need no manual. */
export function useCounterWords() {
  const t = useTranslations('water.point.story');
  const format = useFormat();
  return useMemo(
    () => ({
      name: (kind: CounterStepKind) => t(`kinds.${kind}`),
      sentence: ({ kind, standM3, sinceM3, volumeM3 }: CounterStoryFragment['steps'][number]) =>
        t(`sentences.${kind}`, {
          stand: format.quantity(standM3, 'm³', { digits: 1 }),
          since: format.quantity(sinceM3, 'm³', { digits: 1 }),
          volume: format.quantity(volumeM3, 'm³', { digits: 1 }),
        }),
    }),
    [t, format],
  );
}
