'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { ForecastFactsFragmentDoc, ProductForecastDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { lastDays, todayIn } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonChart, SkeletonText } from '../../../ui/skeleton.tsx';
import { useUnits } from '../units/use-units.ts';
import classes from './forecast.module.css';
import { ForecastChart } from './forecast-chart.tsx';
import { digitsFor, forecastPoints } from './forecast-points.ts';
import { ForecastTrial } from './forecast-trial.tsx';

const horizons = [7, 30, 90] as const;
/** Days of sales before the forecast: enough to see the weeks that it goes by. */
const shownDays = 56;

/** What a product is expected to sell at a site: the band, how far it can be believed, and how each method did. */
export function ProductForecast({ productId, siteId }: { readonly productId: string; readonly siteId: string }) {
  const t = useTranslations('inventory.forecast');
  const format = useFormat();
  const [days, setDays] = useState<(typeof horizons)[number]>(30);
  const [range] = useState(() => lastDays(todayIn(undefined), shownDays));
  const answer = useGraph(
    ProductForecastDocument,
    useMemo(() => ({ productId, siteId, days, range }), [productId, siteId, days, range]),
  );
  const result = answer.data?.demandForecast;
  const forecast = result?.__typename === 'DemandForecast' ? readFragment(ForecastFactsFragmentDoc, result) : undefined;
  const failure = answer.failed ?? failureAt(answer.failures, 'demandForecast');
  const sales = answer.data?.product?.sales;
  const points = useMemo(() => forecastPoints(sales ?? [], forecast?.points ?? []), [sales, forecast]);
  const units = useUnits();
  const unit = units.name(answer.data?.product?.unit);
  const startsOn = forecast?.points[0]?.date;
  const chips = (
    <fieldset className={classes.chips} aria-label={t('ahead')}>
      {horizons.map((count) => (
        <button key={count} type="button" aria-pressed={count === days} onClick={() => setDays(count)}>
          {t('days', { count })}
        </button>
      ))}
    </fieldset>
  );
  return (
    <Panel title={t('title')} actions={chips}>
      {failure !== null ? (
        <ErrorState failure={failure} what={t('what')} onRetry={answer.retry} />
      ) : result === undefined ? (
        <>
          <SkeletonText width="52%" />
          <SkeletonChart height={232} />
        </>
      ) : forecast === undefined || startsOn === undefined || forecast.pattern === 'NONE' ? (
        <EmptyState title={t('nothing.title')} hint={t('nothing.hint')} />
      ) : (
        <>
          <p className={classes.verdict} data-beaten={forecast.beatsSeasonalNaive === false}>
            {forecast.verdict[format.language]}
          </p>
          <p className={classes.quiet}>
            {t('total', {
              count: days,
              quantity: units.quantity(forecast.expectedTotal, answer.data?.product?.unit, {
                digits: digitsFor([forecast.expectedTotal]),
              }),
            })}{' '}
            {forecast.measuredCoverage === null
              ? null
              : t('covered', {
                  claimed: format.percent(forecast.coverage * 100, { digits: 0 }),
                  measured: format.percent(forecast.measuredCoverage * 100, { digits: 0 }),
                })}{' '}
            {t('history', { count: forecast.historyDays })}
            {forecast.stockOutDays === 0 ? null : ` ${t('stockOut', { count: forecast.stockOutDays })}`}
          </p>
          <ForecastChart points={points} startsOn={startsOn} unit={unit} coverage={forecast.coverage} />
          {forecast.backtests.length === 0 ? null : (
            <ForecastTrial backtests={forecast.backtests} basisDays={forecast.basisDays} unit={unit} />
          )}
        </>
      )}
    </Panel>
  );
}
