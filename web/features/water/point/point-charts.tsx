'use client';
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import type { PointFactsFragment, PointLatestFragment, VariableKind } from '../../../graphql/generated/graphql.ts';
import type { Scope } from '../../../shell/scope.ts';
import { Button } from '../../../ui/button.tsx';
import { readWindow, type TimeWindow, windowBetween, writeWindow, zoomWindow } from '../../../ui/charts/time-window.ts';
import { dayCount, shiftDay } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { ChartMarks } from './chart-marks.tsx';
import { CounterStory } from './counter-story.tsx';
import { byUsualOrder } from './kinds.ts';
import classes from './point-chart.module.css';
import { PointChart } from './point-chart.tsx';
import { usePointMarks } from './use-point-marks.ts';
import { zonedStart } from './zoned-start.ts';

const nearMs = 6 * 3_600_000;
const sources = ['derived', 'raw'] as const;
const lengths = [
  ['day', 1],
  ['week', 7],
  ['month', 30],
  ['year', 365],
] as const;

/** Everything a point measures over one time, one under the other, with what happened on the axis below. */
export function PointCharts({
  point,
  latest,
  scope,
}: {
  readonly point: PointFactsFragment;
  readonly latest: PointLatestFragment['latest'];
  readonly scope: Scope;
}) {
  const t = useTranslations('water.point.charts');
  const kindName = useTranslations('water.rules.variables');
  const format = useFormat();
  const { range } = scope;
  const bounds = useMemo(
    (): TimeWindow => ({
      fromMs: zonedStart(range.from, point.timeZone),
      toMs: zonedStart(shiftDay(range.to, 1), point.timeZone),
    }),
    [range.from, range.to, point.timeZone],
  );
  const [zoom, setZoom] = useQueryState('zoom', parseAsString.withOptions({ history: 'replace' }));
  const window = useMemo(() => readWindow(zoom, bounds) ?? bounds, [zoom, bounds]);
  const isZoomed = window.fromMs > bounds.fromMs || window.toMs < bounds.toMs;
  const setWindow = (next: TimeWindow) => {
    const isAll = next.fromMs <= bounds.fromMs && next.toMs >= bounds.toMs;
    void setZoom(isAll ? null : writeWindow(next));
  };
  const measured = byUsualOrder(
    point.variables.map(({ variable }) => variable),
    (kind) => kind,
  );
  const [wanted, setWanted] = useQueryState(
    'show',
    parseAsArrayOf(parseAsStringLiteral(measured)).withOptions({ history: 'replace' }),
  );
  const chosen = wanted?.filter((kind) => measured.includes(kind)) ?? measured.slice(0, 3);
  const shown = chosen.length === 0 ? measured.slice(0, 1) : byUsualOrder(chosen, (kind) => kind);
  const toggle = (kind: VariableKind) =>
    void setWanted(shown.includes(kind) ? shown.filter((one) => one !== kind) : [...shown, kind]);
  const [source, setSource] = useQueryState(
    'source',
    parseAsStringLiteral(sources).withDefault('derived').withOptions({ history: 'replace' }),
  );
  const { marks, story, answer } = usePointMarks(point.id, range);
  const middle = (window.fromMs + window.toMs) / 2;
  return (
    <>
      <Panel
        title={t('title')}
        aside={isZoomed ? `${format.instant(window.fromMs)} – ${format.instant(window.toMs)}` : format.range(range)}
        actions={
          <span className={classes.tools}>
            <Button
              size="small"
              look="quiet"
              aria-label={t('closer')}
              title={t('closer')}
              icon={<IconPlus size={15} aria-hidden="true" />}
              onClick={() => setWindow(zoomWindow(window, 0.5, middle, bounds))}
            />
            <Button
              size="small"
              look="quiet"
              aria-label={t('farther')}
              title={t('farther')}
              disabled={!isZoomed}
              icon={<IconMinus size={15} aria-hidden="true" />}
              onClick={() => setWindow(zoomWindow(window, 2, middle, bounds))}
            />
            <Button
              size="small"
              look="quiet"
              aria-label={t('all')}
              title={t('all')}
              disabled={!isZoomed}
              icon={<IconZoomReset size={15} aria-hidden="true" />}
              onClick={() => setWindow(bounds)}
            />
          </span>
        }
      >
        <div className={classes.chartHead}>
          <fieldset className={classes.chips} aria-label={t('show')}>
            {measured.map((kind) => (
              <button key={kind} type="button" aria-pressed={shown.includes(kind)} onClick={() => toggle(kind)}>
                {kindName(kind)}
              </button>
            ))}
          </fieldset>
          <fieldset className={classes.chips} aria-label={t('sources.name')}>
            {sources.map((one) => (
              <button key={one} type="button" aria-pressed={one === source} onClick={() => void setSource(one)}>
                {t(`sources.${one}`)}
              </button>
            ))}
          </fieldset>
          <fieldset className={classes.chips} aria-label={t('lengths.name')}>
            {lengths.map(([name, days]) => (
              <button
                key={name}
                type="button"
                aria-pressed={range.to === scope.today && dayCount(range) === days}
                onClick={() => {
                  void setZoom(null);
                  scope.setRange({ from: shiftDay(scope.today, 1 - days), to: scope.today });
                }}
              >
                {t(`lengths.${name}`)}
              </button>
            ))}
          </fieldset>
        </div>
        {shown.map((kind, index) => (
          <PointChart
            key={kind}
            point={point}
            kind={kind}
            newest={latest.find(({ variable }) => variable === kind)?.measuredAt ?? null}
            window={window}
            bounds={bounds}
            onWindow={setWindow}
            hasTimes={index === shown.length - 1}
            source={source}
          />
        ))}
        <ChartMarks
          marks={marks}
          window={window}
          onNear={(atMs) => setWindow(windowBetween(atMs - nearMs, atMs + nearMs, bounds))}
        />
        <p className={classes.hint}>{t('hint')}</p>
      </Panel>
      {measured.includes('TOTAL') ? <CounterStory story={story} range={range} answer={answer} /> : null}
    </>
  );
}
