'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  ProductPastDocument,
  ProductPastFactsFragmentDoc,
  TrackFactsFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonChart, SkeletonStats } from '../../../ui/skeleton.tsx';
import classes from './forecast.module.css';
import { HorizonChips, type PastHorizon } from './horizon-chips.tsx';
import { PastChart } from './past-chart.tsx';
import { PastFigures } from './past-figures.tsx';
import { PastPeriods } from './past-periods.tsx';

/** Whether what was forecast of a product at a site came true. */
export function ProductPast({
  productId,
  siteId,
  unit,
}: {
  readonly productId: string;
  readonly siteId: string;
  readonly unit: string;
}) {
  const t = useTranslations('inventory.forecast.past');
  const format = useFormat();
  const [horizon, setHorizon] = useState<PastHorizon>(7);
  const answer = useGraph(
    ProductPastDocument,
    useMemo(() => ({ productId, siteId }), [productId, siteId]),
  );
  const result = answer.data?.productForecastPast;
  const past =
    result?.__typename === 'ProductForecastPast' ? readFragment(ProductPastFactsFragmentDoc, result) : undefined;
  const failure = answer.failed ?? failureAt(answer.failures, 'productForecastPast');
  const shown = past?.horizons.find(({ track }) => readFragment(TrackFactsFragmentDoc, track).horizonDays === horizon);
  const track = shown === undefined ? undefined : readFragment(TrackFactsFragmentDoc, shown.track);
  return (
    <Panel title={t('title')} actions={<HorizonChips value={horizon} onChange={setHorizon} />}>
      {failure !== null ? (
        <ErrorState failure={failure} what={t('what')} onRetry={answer.retry} />
      ) : result === undefined ? (
        <>
          <SkeletonStats count={4} hasTrend={false} />
          <SkeletonChart height={196} />
        </>
      ) : past === undefined || past.keptSince === null ? (
        <EmptyState title={t('none.title')} hint={t('none.hint')} />
      ) : shown === undefined || track === undefined || track.knownDays === 0 ? (
        <EmptyState
          title={t('soon.title')}
          hint={t(shown?.nextOn == null ? 'soon.hint' : 'soon.hintOn', {
            since: format.day(past.keptSince),
            next: shown?.nextOn == null ? '' : format.day(shown.nextOn),
            days: horizon,
          })}
        />
      ) : (
        <>
          <p className={classes.verdict}>{track.verdict[format.language]}</p>
          <PastFigures track={track} />
          <PastChart days={shown.days} horizonDays={horizon} unit={unit} />
          <PastPeriods periods={shown.periods} horizonDays={horizon} unit={unit} />
        </>
      )}
    </Panel>
  );
}
