'use client';
import { useTranslations } from 'next-intl';
import type { ForecastRunFactsFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';

/** What a run is called: by its night, or by who asked for it. */
export function useRunName(): (run: ForecastRunFactsFragment) => string {
  const t = useTranslations('inventory.forecasts');
  const format = useFormat();
  return ({ nightOf, requestedBy }) => {
    if (nightOf !== null) return t('nightOf', { day: format.day(nightOf) });
    return requestedBy === null ? t('askedForBySomebody') : t('askedForBy', { name: requestedBy.name });
  };
}
