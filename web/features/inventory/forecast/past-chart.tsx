'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { ProductPastFactsFragment } from '../../../graphql/generated/graphql.ts';
import { LazyTimeChart } from '../../../ui/charts/lazy-time-chart.tsx';
import type { TimeChartData } from '../../../ui/charts/time-chart-data.ts';
import type { TimeWindow } from '../../../ui/charts/time-window.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import { ChartOrTable } from './chart-or-table.tsx';
import classes from './forecast.module.css';
import { digitsFor, spanOf } from './forecast-points.ts';
import { pastPoints } from './past-points.ts';

type PastDay = ProductPastFactsFragment['horizons'][number]['days'][number];

const height = 196;

/** What each day sold, in the band that had been promised for it; or the same as rows, the newest first. */
export function PastChart({
  days,
  horizonDays,
  unit,
}: {
  readonly days: readonly PastDay[];
  readonly horizonDays: number;
  readonly unit: string;
}) {
  const t = useTranslations('inventory.forecast.past');
  const format = useFormat();
  const [hovered, setHovered] = useState<number | null>(null);
  const [zoom, setZoom] = useState<{ readonly of: readonly PastDay[]; readonly window: TimeWindow } | null>(null);
  const points = useMemo(() => pastPoints(days), [days]);
  const bounds = useMemo(() => spanOf(points), [points]);
  const digits = digitsFor(days.map(({ high, sold }) => Math.max(high, sold ?? 0)));
  const data: TimeChartData = {
    ...{
      caption: t('chart', { days: horizonDays }),
      label: t('sold'),
      unit,
      digits,
      points,
      color: 'brand',
      kind: 'line',
    },
  };
  const at = points[hovered ?? -1];
  const day = at === undefined ? undefined : days.find(({ date }) => Date.parse(date) === at.atMs);
  const number = (value: number | null) => format.number(value, { digits });
  const band = ({ low, high }: PastDay) => `${number(low)} – ${number(high)}`;
  const fate = ({ isInside }: PastDay) => t(isInside === null ? 'unknown' : isInside ? 'inside' : 'outside');
  return (
    <ChartOrTable
      caption={data.caption}
      height={height}
      readout={
        day === undefined
          ? ''
          : `${format.day(day.date)} · ${t('saidOf', { said: number(day.said), band: band(day) })} · ${day.sold === null ? t('unknown') : t('soldOf', { sold: format.quantity(day.sold, unit, { digits }) })}`
      }
      table={
        <SmallTable
          caption={data.caption}
          rows={days.toReversed()}
          rowId={({ date }) => date}
          columns={[
            { id: 'day', label: t('day'), value: ({ date }) => format.day(date, false) },
            { id: 'said', label: t('said'), value: ({ said }) => number(said), align: 'end' },
            { id: 'band', label: t('band'), value: band, align: 'end', isWide: true },
            { id: 'sold', label: t('sold'), value: ({ sold }) => number(sold), align: 'end' },
            { id: 'fate', label: t('fate'), value: fate },
          ]}
        />
      }
      chart={
        <LazyTimeChart
          data={data}
          window={zoom?.of === days ? zoom.window : bounds}
          bounds={bounds}
          onWindow={(window) => setZoom({ of: days, window })}
          onHover={setHovered}
          height={height}
          syncKey="product past forecast"
          timeZone="UTC"
          hasTimes
        />
      }
      legend={
        <>
          <span>
            <i className={classes.soldLine} aria-hidden="true" /> {t('key.sold')}
          </span>
          <span>
            <i className={classes.band} aria-hidden="true" /> {t('key.band', { days: horizonDays })}
          </span>
          <span>
            <i className={classes.outside} aria-hidden="true" /> {t('key.outside')}
          </span>
        </>
      }
    />
  );
}
