'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { PointFactsFragment, VariableKind } from '../../../graphql/generated/graphql.ts';
import { LazyTimeChart } from '../../../ui/charts/lazy-time-chart.tsx';
import { hasSpread, type TimePoint } from '../../../ui/charts/time-chart-data.ts';
import { TimeTable } from '../../../ui/charts/time-table.tsx';
import type { TimeWindow } from '../../../ui/charts/time-window.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { writeUnit } from '../../../ui/format/units.ts';
import { type Format, useFormat } from '../../../ui/format/use-format.ts';
import { SkeletonChart } from '../../../ui/skeleton.tsx';
import { useCoalesced } from '../../../ui/use-coalesced.ts';
import { kindColors, kindDigits } from './kinds.ts';
import shared from './point.module.css';
import classes from './point-chart.module.css';
import { type ChartSource, usePointChart } from './use-point-chart.ts';

const height = 168;
const refreshMs = 5_000;

/** One quantity of a point over a window, with the value under the pointer written above it. */
export function PointChart({
  point,
  kind,
  newest,
  window,
  bounds,
  onWindow,
  hasTimes,
  source,
}: {
  readonly point: PointFactsFragment;
  readonly kind: VariableKind;
  /** When the newest value was measured: the chart follows while it is in the window. */
  readonly newest: string | null;
  readonly window: TimeWindow;
  readonly bounds: TimeWindow;
  readonly onWindow: (window: TimeWindow) => void;
  readonly hasTimes: boolean;
  readonly source: ChartSource;
}) {
  const t = useTranslations('water.point.charts');
  const kindName = useTranslations('water.rules.variables');
  const format = useFormat();
  const [hovered, setHovered] = useState<number | null>(null);
  const [isTable, setTable] = useState(false);
  const {
    points,
    unit: code,
    channel,
    isTooLong,
    isLoading,
    failure,
    retry,
  } = usePointChart(point, kind, window, source);
  const askAgain = useCoalesced(retry, refreshMs);
  const isFollowed = newest !== null && Date.parse(newest) < window.toMs;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer measurement is what calls for it
  useEffect(() => {
    if (isFollowed) askAgain();
  }, [newest, isFollowed, askAgain]);
  const unit = writeUnit(code);
  const label = kindName(kind);
  const caption = `${point.name}, ${label}`;
  const isRaw = source === 'raw';
  const isAmount = kind === 'TOTAL' && !isRaw;
  const digits = isRaw ? 2 : kindDigits[kind];
  const granted =
    kind === 'FLOW' && !isRaw && point.waterRightFlowLps !== null ? Number(point.waterRightFlowLps) : null;
  const look = { caption, label, unit, color: kindColors[kind], digits, points } as const;
  const inWindow = points.filter(({ atMs, value }) => value !== null && atMs >= window.fromMs && atMs < window.toMs);
  const tall = hasTimes ? height + 24 : height;
  return (
    <figure className={classes.chart} aria-label={caption}>
      <figcaption className={classes.chartTitle}>
        <span>
          <strong>{isAmount ? t('amount') : label}</strong>{' '}
          <span className={shared.quiet}>{channel === null ? unit : t('channel', { channel })}</span>
        </span>
        <span className={classes.readout} aria-live="polite">
          {readoutText(points[hovered ?? -1], { unit, digits, isAmount }, format, t)}
        </span>
        <button type="button" className={classes.asTable} aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {t(isTable ? 'asChart' : 'asTable')}
        </button>
      </figcaption>
      {isLoading ? (
        <SkeletonChart height={tall} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={label} onRetry={retry} />
      ) : isTooLong || inWindow.length === 0 ? (
        <div style={{ minHeight: tall }}>
          <EmptyState
            title={t(isTooLong ? 'tooLong.title' : 'nothing.title')}
            hint={t(isTooLong ? 'tooLong.hint' : 'nothing.hint')}
          />
        </div>
      ) : isTable ? (
        <TimeTable data={{ ...look, kind: isAmount ? 'bar' : 'line', points: inWindow }} height={tall} />
      ) : (
        <LazyTimeChart
          data={{
            ...look,
            kind: isAmount ? 'bar' : 'line',
            ...(granted === null ? {} : { limit: { value: granted, label: t('granted') } }),
          }}
          window={window}
          bounds={bounds}
          onWindow={onWindow}
          onHover={setHovered}
          height={tall}
          syncKey={point.id}
          timeZone={point.timeZone}
          hasTimes={hasTimes}
        />
      )}
      <p className={classes.key}>
        {isAmount || !hasSpread(inWindow) ? null : (
          <span>
            <i className={classes.band} data-color={kindColors[kind]} aria-hidden="true" /> {t('spread')}
          </span>
        )}
        {isAmount || !inWindow.some(({ isSuspect }) => isSuspect) ? null : (
          <span>
            <i className={classes.dot} aria-hidden="true" /> {t('suspect')}
          </span>
        )}
        {granted === null ? null : (
          <span>
            <i className={classes.dashes} aria-hidden="true" /> {t('granted')}:{' '}
            {format.quantity(granted, unit, { digits: 1 })}
          </span>
        )}
      </p>
    </figure>
  );
}

function readoutText(
  point: TimePoint | undefined,
  { unit, digits, isAmount }: { readonly unit: string; readonly digits: number; readonly isAmount: boolean },
  format: Format,
  t: ReturnType<typeof useTranslations<'water.point.charts'>>,
): string {
  if (point === undefined) return '';
  const at = format.instant(point.atMs);
  if (point.value === null) return `${at} · ${t('gap')}`;
  const value = `${at} · ${format.quantity(point.value, unit, { digits: isAmount ? 1 : digits })}`;
  if (isAmount || point.low === null || point.high === null || point.low === point.high) return value;
  return `${value} (${format.number(point.low, { digits })} – ${format.number(point.high, { digits })})`;
}
