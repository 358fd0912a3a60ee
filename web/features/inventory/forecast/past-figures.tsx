'use client';
import { useTranslations } from 'next-intl';
import type { TrackFactsFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Stat, StatRow } from '../../../ui/stat.tsx';
import classes from './forecast.module.css';

/** A band is held against its promise once it had days enough, and is off it when it is further than chance. */
const leastDays = 30;
const noticeable = 0.07;

/** Past forecasts in four numbers: the band, the whole, each sum, and last week. */
export function PastFigures({
  track,
  trend,
}: {
  readonly track: TrackFactsFragment;
  /** Share inside the band of each week, oldest first. */
  readonly trend?: readonly (number | null)[];
}) {
  const t = useTranslations('inventory.forecast.past.figures');
  const format = useFormat();
  const { horizonDays, knownDays, insideShare, claimedShare, bias, missedShare, relativeError, forecasts } = track;
  const share = (value: number | null) =>
    value === null ? { value: '–' } : { value: format.number(Math.abs(value) * 100, { digits: 0 }), unit: '%' };
  const isOff =
    knownDays >= leastDays && insideShare !== null && claimedShare !== null && claimedShare - insideShare > noticeable;
  return (
    <div className={classes.figures}>
      <StatRow label={t('label')}>
        <Stat
          label={t('inside')}
          {...share(insideShare)}
          comparison={{
            text: t('promised', { share: format.percent((claimedShare ?? 0) * 100, { digits: 0 }) }),
            tone: isOff ? 'attention' : 'plain',
          }}
          {...(trend === undefined ? {} : { trend })}
        />
        <Stat
          label={t('bias')}
          {...share(bias)}
          comparison={{
            text: t(bias === null || Math.abs(bias) < 0.005 ? 'even' : bias > 0 ? 'over' : 'under'),
            tone: 'plain',
          }}
        />
        <Stat
          label={t('missed', { days: horizonDays })}
          {...share(missedShare)}
          comparison={{
            text: t('ofForecasts', { count: forecasts, written: format.number(forecasts) }),
            tone: 'plain',
          }}
        />
        <Stat
          label={t('relative')}
          {...share(relativeError === null ? null : relativeError - 1)}
          comparison={{
            text: t(relativeError === null ? 'relativeNone' : relativeError <= 1 ? 'less' : 'more'),
            tone: relativeError !== null && relativeError > 1 ? 'attention' : 'plain',
          }}
        />
      </StatRow>
    </div>
  );
}
