'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { LazyTimeChart } from '../../../ui/charts/lazy-time-chart.tsx';
import type { TimeChartData, TimePoint } from '../../../ui/charts/time-chart-data.ts';
import type { TimeWindow } from '../../../ui/charts/time-window.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import { ChartOrTable } from './chart-or-table.tsx';
import classes from './forecast.module.css';
import { digitsFor, spanOf } from './forecast-points.ts';

const height = 232;

/** What was sold day by day, and what is expected with its band; or the same as rows. */
export function ForecastChart({
  points,
  startsOn,
  unit,
  coverage,
}: {
  readonly points: readonly TimePoint[];
  readonly startsOn: string;
  readonly unit: string;
  readonly coverage: number;
}) {
  const t = useTranslations('inventory.forecast');
  const format = useFormat();
  const [hovered, setHovered] = useState<number | null>(null);
  const [zoom, setZoom] = useState<{ readonly of: readonly TimePoint[]; readonly window: TimeWindow } | null>(null);
  const bounds = useMemo(() => spanOf(points), [points]);
  const digits = digitsFor(points.map(({ high }) => high ?? 0));
  const sinceMs = Date.parse(startsOn);
  const data: TimeChartData = {
    ...{ caption: t('chart'), label: t('units'), unit, digits, points, color: 'brand', kind: 'line', sinceMs },
  };
  const dayOf = ({ atMs }: TimePoint) => format.day(new Date(atMs).toISOString().slice(0, 10));
  const number = (value: number | null) => format.number(value, { digits });
  const at = points[hovered ?? -1];
  const isExpected = (point: TimePoint) => point.atMs >= sinceMs;
  const band = (point: TimePoint) => (isExpected(point) ? `${number(point.low)} – ${number(point.high)}` : '');
  return (
    <ChartOrTable
      caption={data.caption}
      height={height}
      readout={
        at === undefined
          ? ''
          : `${dayOf(at)} · ${t(isExpected(at) ? 'expected' : 'sold')} ${format.quantity(at.value, unit, { digits })}${isExpected(at) ? ` (${band(at)})` : ''}`
      }
      table={
        <SmallTable
          caption={data.caption}
          rows={points.filter(isExpected)}
          rowId={({ atMs }) => String(atMs)}
          columns={[
            { id: 'day', label: t('day'), value: dayOf },
            { id: 'expected', label: t('expectedHead'), unit, value: ({ value }) => number(value), align: 'end' },
            { id: 'band', label: t('band'), value: band, align: 'end' },
          ]}
        />
      }
      chart={
        <LazyTimeChart
          data={data}
          window={zoom?.of === points ? zoom.window : bounds}
          bounds={bounds}
          onWindow={(window) => setZoom({ of: points, window })}
          onHover={setHovered}
          height={height}
          syncKey="product forecast"
          timeZone="UTC"
          hasTimes
        />
      }
      legend={
        <>
          <span>
            <i className={classes.since} aria-hidden="true" /> {t('key.since')}
          </span>
          <span>
            <i className={classes.band} aria-hidden="true" />{' '}
            {t('key.band', { share: format.percent(coverage * 100, { digits: 0 }) })}
          </span>
        </>
      }
    />
  );
}
