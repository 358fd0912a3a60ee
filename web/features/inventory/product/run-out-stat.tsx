'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { RunOutDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { dayCount } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Stat } from '../../../ui/stat.tsx';
import { runOutDay } from './run-out-day.ts';

/** As far as demand is forecast. */
const mostDays = 90;
const faultDays = 4;
const attentionDays = 10;

/** The day on which the stock of a site is sold out by its forecast, which says when to buy better than any level does. */
export function RunOutStat({
  productId,
  siteId,
  onHand,
  today,
}: {
  readonly productId: string;
  readonly siteId: string;
  readonly onHand: number;
  /** The site's calendar day. */
  readonly today: string;
}) {
  const t = useTranslations('inventory.product.runOut');
  const cover = useTranslations('inventory.cover');
  const format = useFormat();
  const { data, isLoading } = useGraph(
    RunOutDocument,
    useMemo(() => ({ productId, siteId, days: mostDays }), [productId, siteId]),
  );
  const label = t('label');
  if (onHand <= 0) {
    return <Stat label={label} value={t('out')} comparison={{ text: t('nothingLeft'), tone: 'bad' }} />;
  }
  const forecast = data?.demandForecast;
  if (forecast?.__typename !== 'DemandForecast' || forecast.pattern === 'NONE') {
    const text = isLoading ? t('reading') : forecast == null ? t('unanswered') : t('notSold');
    return <Stat label={label} value="–" comparison={{ text, tone: 'plain' }} />;
  }
  const day = runOutDay(onHand, forecast.points);
  if (day === null) {
    return (
      <Stat
        label={label}
        value={`> ${format.number(mostDays)}`}
        unit={t('days', { count: mostDays })}
        comparison={{ text: t('byForecast'), tone: 'good' }}
      />
    );
  }
  const days = Math.max(0, dayCount({ from: today, to: day }) - 1);
  return (
    <Stat
      label={label}
      value={format.day(day, false)}
      unit={t('in', { count: days })}
      comparison={
        days < attentionDays
          ? {
              text: cover(days < faultDays ? 'fault' : 'attention'),
              note: `· ${t('byForecast')}`,
              tone: days < faultDays ? 'bad' : 'attention',
            }
          : { text: t('byForecast'), tone: 'plain' }
      }
    />
  );
}
