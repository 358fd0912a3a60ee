'use client';
import { useComputedColorScheme } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useFormat } from '../format/use-format.ts';
import classes from './time-chart.module.css';
import { chartColumns, type TimeChartData } from './time-chart-data.ts';
import { listenToGestures, type TimeGestures } from './time-chart-gestures.ts';
import { timeChartOptions } from './time-chart-options.ts';
import { type TimeWindow, windowAfterKey } from './time-window.ts';

export interface TimeChartProps {
  readonly data: TimeChartData;
  readonly window: TimeWindow;
  /** As far as one can go out. */
  readonly bounds: TimeWindow;
  readonly onWindow: (window: TimeWindow) => void;
  /** The index of the point under the pointer, or chosen by the arrow keys; null when there is none. */
  readonly onHover: (index: number | null) => void;
  readonly height: number;
  /** Charts of one key show the same instant. */
  readonly syncKey: string;
  /** IANA zone of the axis. */
  readonly timeZone: string;
  /** The lowest of charts that stand on each other carries the times. */
  readonly hasTimes: boolean;
}

/**
 * A line with its spread, or bars, on a canvas: thousands of points stay smooth. Drawn over with a pointer, pinched,
 * pushed, or moved by keys; the window belongs to whoever asks for the data.
 */
export function TimeChart(props: TimeChartProps) {
  const { data, window, height, syncKey, timeZone, hasTimes } = props;
  const t = useTranslations('timeChart');
  const format = useFormat();
  const scheme = useComputedColorScheme('light');
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  const { color, kind } = data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const shown = () => latest.current;
    const options = timeChartOptions({
      ...{ color, kind, timeZone, hasTimes, syncKey, format, height, element },
      limit: () => shown().data.limit,
      sinceMs: () => shown().data.sinceMs,
      onHover: (index) => shown().onHover(index),
      onSelect: (next) => shown().onWindow(next),
      bounds: () => shown().bounds,
    });
    const made = new uPlot(options, chartColumns(shown().data.points), element);
    plot.current = made;
    show(made, shown());
    const gestures: TimeGestures = {
      window: () => shown().window,
      bounds: () => shown().bounds,
      onWindow: (next) => shown().onWindow(next),
    };
    const stopListening = listenToGestures(made.over, gestures);
    const resized = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: latest.current.height }),
    );
    resized.observe(element);
    return () => {
      stopListening();
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [color, kind, timeZone, hasTimes, syncKey, format, height, scheme]);

  useEffect(() => {
    if (plot.current !== null) show(plot.current, { data, window });
  }, [data, window]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const by = pointSteps.get(event.key);
    const next = windowAfterKey(event.key, window, props.bounds);
    if (by === undefined && next === null) return;
    event.preventDefault();
    if (by !== undefined) step(plot.current, by);
    if (next !== null) props.onWindow(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a canvas is no set of fields
    <div
      ref={host}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys walk through what it shows, and the line above reads it out
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={classes.chart}
      style={{ height }}
      aria-label={`${data.caption}. ${t('keys')}`}
    />
  );
}

const pointSteps: ReadonlyMap<string, 1 | -1> = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
]);

function show(plot: uPlot, { data, window }: Pick<TimeChartProps, 'data' | 'window'>): void {
  plot.batch(() => {
    plot.setData(chartColumns(data.points), false);
    plot.setScale('x', { min: window.fromMs, max: window.toMs });
  });
}

/** Moves the cursor to the next point that has a value. */
function step(plot: uPlot | null, by: 1 | -1): void {
  if (plot === null) return;
  const [times, values = []] = plot.data;
  const from = plot.cursor.idx ?? (by === 1 ? -1 : times.length);
  for (let index = from + by; index >= 0 && index < times.length; index += by) {
    const at = times[index];
    if (at === undefined || values[index] === null || at < (plot.scales.x?.min ?? 0) || at > (plot.scales.x?.max ?? 0))
      continue;
    plot.setCursor({ left: plot.valToPos(at, 'x'), top: plot.over.clientHeight / 2 });
    return;
  }
}
