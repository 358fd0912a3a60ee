'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { CompanyPastDocument, TrackFactsFragmentDoc } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows, SkeletonStats } from '../../../ui/skeleton.tsx';
import forecastClasses from '../forecast/forecast.module.css';
import { HorizonChips, type PastHorizon } from '../forecast/horizon-chips.tsx';
import { PastFigures } from '../forecast/past-figures.tsx';
import { CompanyMisses } from './company-misses.tsx';

/** Whether what was forecast of all that a company sells came true, and where it did least. */
export function CompanyPast({ companyId, currency }: { readonly companyId: string; readonly currency: string }) {
  const t = useTranslations('inventory.forecast.past');
  const format = useFormat();
  const [horizon, setHorizon] = useState<PastHorizon>(7);
  const answer = useGraph(
    CompanyPastDocument,
    useMemo(() => ({ companyId }), [companyId]),
  );
  const past = answer.data?.companyForecastPast;
  const failure = answer.failed ?? failureAt(answer.failures, 'companyForecastPast');
  const tracks = past?.tracks.map((track) => readFragment(TrackFactsFragmentDoc, track));
  const track = tracks?.find(({ horizonDays }) => horizonDays === horizon);
  const trend = past?.weeks
    .map(({ track: one }) => readFragment(TrackFactsFragmentDoc, one))
    .filter(({ horizonDays }) => horizonDays === horizon)
    .map(({ insideShare }) => insideShare);
  return (
    <Panel title={t('title')} actions={<HorizonChips value={horizon} onChange={setHorizon} />}>
      {failure !== null ? (
        <ErrorState failure={failure} what={t('what')} onRetry={answer.retry} />
      ) : past === undefined ? (
        <>
          <SkeletonStats count={4} />
          <SkeletonRows count={5} />
        </>
      ) : past === null || past.keptSince === null ? (
        <EmptyState title={t('none.title')} hint={t('none.hint')} />
      ) : track === undefined || track.knownDays === 0 ? (
        <EmptyState
          title={t('soon.title')}
          hint={t(past.firstOn === null || horizon !== 7 ? 'soon.hint' : 'soon.hintOn', {
            since: format.day(past.keptSince),
            next: past.firstOn === null ? '' : format.day(past.firstOn),
            days: horizon,
          })}
        />
      ) : (
        <>
          <p className={forecastClasses.verdict}>{track.verdict[format.language]}</p>
          <PastFigures track={track} {...(trend === undefined ? {} : { trend })} />
          <p className={forecastClasses.quiet}>{t('companyHow')}</p>
          {past.misses.length === 0 ? null : <CompanyMisses misses={past.misses} currency={currency} />}
        </>
      )}
    </Panel>
  );
}
