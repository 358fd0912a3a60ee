'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { PointFactsFragment, VariableKind } from '../../../../graphql/generated/graphql.ts';
import { LazyTimeChart } from '../../../../ui/charts/lazy-time-chart.tsx';
import { openGaps, type TimeChartData, type TimePoint } from '../../../../ui/charts/time-chart-data.ts';
import { TimeTable } from '../../../../ui/charts/time-table.tsx';
import type { TimeWindow } from '../../../../ui/charts/time-window.ts';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { writeUnit } from '../../../../ui/format/units.ts';
import { useFormat } from '../../../../ui/format/use-format.ts';
import { kindColors, kindDigits } from '../kinds.ts';
import shared from '../point.module.css';
import classes from '../point-chart.module.css';
import outlookClasses from './outlook.module.css';

const height = 232;

/** What was measured and what is expected, one after the other. */
export function OutlookChart({
  point,
  kind,
  unit: code,
  points,
  forecastFromMs,
  stepMs,
}: {
  readonly point: PointFactsFragment;
  readonly kind: VariableKind;
  readonly unit: string;
  readonly points: readonly TimePoint[];
  readonly forecastFromMs: number | null;
  readonly stepMs: number;
}) {
  const t = useTranslations('water.point.outlook');
  const tCharts = useTranslations('water.point.charts');
  const kindName = useTranslations('water.rules.variables');
  const format = useFormat();
  const [hovered, setHovered] = useState<number | null>(null);
  const [isTable, setTable] = useState(false);
  const bounds = useMemo(
    (): TimeWindow => ({
      fromMs: points[0]?.atMs ?? 0,
      toMs: (points.at(-1)?.atMs ?? 0) + stepMs,
    }),
    [points, stepMs],
  );
  const [zoom, setZoom] = useState<{ readonly of: TimeWindow; readonly window: TimeWindow } | null>(null);
  const window = zoom?.of === bounds ? zoom.window : bounds;
  const drawn = useMemo(() => openGaps(points, stepMs * 2.5), [points, stepMs]);
  const label = kind === 'TOTAL' ? tCharts('amount') : kindName(kind);
  const unit = writeUnit(code);
  const digits = kind === 'TOTAL' ? 1 : kindDigits[kind];
  const look: TimeChartData = {
    ...{ caption: `${t('title')}: ${point.name}, ${label}`, label, unit, digits, points: drawn },
    ...{ color: kindColors[kind], kind: 'line', sinceMs: forecastFromMs ?? undefined },
  };
  const at = drawn[hovered ?? -1];
  const isForecast = at !== undefined && forecastFromMs !== null && at.atMs >= forecastFromMs;
  const read = (value: number | null) => format.number(value, { digits });
  return (
    <figure className={classes.chart} aria-label={look.caption}>
      <figcaption className={classes.chartTitle}>
        <span>
          <strong>{label}</strong> <span className={shared.quiet}>{unit}</span>
        </span>
        <span className={classes.readout} aria-live="polite">
          {at?.value == null
            ? ''
            : `${format.instant(at.atMs)} · ${isForecast ? `${t('expected')} ` : ''}${format.quantity(at.value, unit, { digits })}${isForecast ? ` (${read(at.low)} – ${read(at.high)})` : ''}`}
        </span>
        <button type="button" className={classes.asTable} aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {tCharts(isTable ? 'asChart' : 'asTable')}
        </button>
      </figcaption>
      {points.length === 0 ? (
        <EmptyState title={tCharts('nothing.title')} hint={tCharts('nothing.hint')} />
      ) : isTable ? (
        <TimeTable data={look} height={height} />
      ) : (
        <LazyTimeChart
          data={look}
          window={window}
          bounds={bounds}
          onWindow={(next) => setZoom({ of: bounds, window: next })}
          onHover={setHovered}
          height={height}
          syncKey={`outlook ${point.id}`}
          timeZone={point.timeZone}
          hasTimes
        />
      )}
      <p className={classes.key}>
        {forecastFromMs === null ? null : (
          <>
            <span>
              <i className={outlookClasses.since} aria-hidden="true" /> {t('key.since')}
            </span>
            <span>
              <i className={classes.band} data-color={kindColors[kind]} aria-hidden="true" /> {t('key.band')}
            </span>
          </>
        )}
        {points.some(({ isSuspect }) => isSuspect) ? (
          <span>
            <i className={classes.dot} aria-hidden="true" /> {t('key.unusual')}
          </span>
        ) : null}
      </p>
    </figure>
  );
}
