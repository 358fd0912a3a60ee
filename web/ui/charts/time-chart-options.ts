import uPlot from 'uplot';
import type { Format } from '../format/use-format.ts';
import { given } from '../given.ts';
import { type SeriesColor, seriesColor } from './chart-data.ts';
import { niceScale } from './nice-scale.ts';
import type { TimeChartData } from './time-chart-data.ts';
import { axisWidth, rightPad } from './time-chart-look.ts';
import { type TimeWindow, windowBetween } from './time-window.ts';

const timesHeight = 24;
const dayMs = 86_400_000;
const million = 1_000_000;

export interface TimeChartLook {
  readonly color: SeriesColor;
  readonly kind: TimeChartData['kind'];
  readonly timeZone: string;
  readonly hasTimes: boolean;
  readonly syncKey: string;
  readonly format: Format;
  readonly height: number;
  readonly element: HTMLElement;
  readonly limit: () => TimeChartData['limit'];
  readonly sinceMs: () => TimeChartData['sinceMs'];
  readonly bounds: () => TimeWindow;
  readonly onHover: (index: number | null) => void;
  readonly onSelect: (window: TimeWindow) => void;
}

/** What the drawing library is told: the app's colours and numbers, and columns as `chartColumns` makes them. */
export function timeChartOptions(look: TimeChartLook): uPlot.Options {
  const { kind, timeZone, hasTimes, syncKey, format, height, element } = look;
  const paint = (variable: string) => resolved(element, variable);
  const color = paint(seriesColor[look.color]);
  const font = `11.5px ${getComputedStyle(element).fontFamily}`;
  const quiet = { stroke: paint('var(--muted)'), font, ticks: { show: false } };
  const grid = { stroke: paint('var(--line)'), width: 1 };
  const isBar = kind === 'bar';
  return {
    ...{ width: Math.max(1, element.clientWidth), height, ms: 1 as const },
    padding: [10, rightPad, hasTimes ? 0 : 6, 0],
    tzDate: (ms) => uPlot.tzDate(new Date(ms), timeZone),
    legend: { show: false },
    cursor: {
      sync: { key: syncKey },
      y: false,
      points: { size: 8, width: 2, stroke: paint('var(--panel)'), fill: color },
      drag: { x: true, y: false, setScale: false },
      bind: {
        dblclick: () => () => {
          look.onSelect(look.bounds());
          return null;
        },
      },
    },
    scales: {
      x: { time: true, auto: false },
      y: { range: (_, low, high) => yRange(low, high, isBar, look.limit()?.value) },
    },
    axes: [
      {
        ...quiet,
        grid: { show: false },
        show: hasTimes,
        size: timesHeight,
        gap: 6,
        space: 74,
        values: timeTexts(format),
      },
      {
        ...quiet,
        grid,
        size: axisWidth,
        gap: 8,
        splits: (_, __, low, high) => [...niceScale([low, high], false).ticks],
        values: numberTexts(format),
      },
    ],
    series: [
      {},
      {
        stroke: color,
        width: isBar ? 0 : 1.6,
        points: { show: false },
        ...(isBar ? { fill: color, ...given('paths', uPlot.paths.bars?.({ size: [0.72, 28], align: 1 })) } : {}),
      },
      ...[1, 2].map((): uPlot.Series => ({ show: !isBar, stroke: 'transparent', width: 0, points: { show: false } })),
      {
        show: !isBar,
        paths: () => null,
        points: { show: true, size: 5, width: 0, fill: paint('var(--attention)'), stroke: paint('var(--attention)') },
      },
    ],
    bands: isBar ? [] : [{ series: [2, 3], fill: tinted(color) }],
    hooks: {
      setCursor: [(plot) => look.onHover(plot.cursor.idx ?? null)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 6) return;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          look.onSelect(windowBetween(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'), look.bounds()));
        },
      ],
      draw: [
        (plot) => drawLimit(plot, look.limit()?.value, paint('var(--fault)')),
        (plot) => drawSince(plot, look.sinceMs(), paint('var(--muted)')),
      ],
    },
  };
}

function yRange(
  low: number | null,
  high: number | null,
  fromZero: boolean,
  limit: number | undefined,
): [number, number] {
  const known = [low, high].filter((value) => value !== null);
  // A limit that is far above everything would press the line flat.
  const near = limit !== undefined && high !== null && limit < high * 1.6 ? [limit] : [];
  const [from, to] = niceScale([...known, ...near], fromZero).domain;
  return [from, to];
}

/** Days where days go by, the time of day between them, and the day at every midnight. */
function timeTexts(format: Format): uPlot.Axis.DynamicValues {
  return (_plot, splits, _axis, _space, increment) =>
    splits.map((at) => {
      const clock = format.clock(at);
      return increment >= dayMs || clock === '00:00' ? format.dayOf(at) : clock;
    });
}

function numberTexts(format: Format): uPlot.Axis.DynamicValues {
  return (_plot, splits) => {
    const [first = 0, second = 1] = splits;
    // Long numbers in millions, with the digits that tell one line from the next.
    const isLong = splits.some((value) => Math.abs(value) >= million);
    const scale = isLong ? million : 1;
    const step = Math.abs(second - first) / scale;
    const digits = Math.min(3, Math.max(0, -Math.floor(Math.log10(step || 1) + 1e-9)));
    const isHalf = (step * 10 ** digits) % 1 > 1e-6 ? 1 : 0;
    return splits.map((value) => format.quantity(value / scale, isLong ? 'M' : '', { digits: digits + isHalf }));
  };
}

function drawLimit(plot: uPlot, limit: number | undefined, color: string): void {
  const { min, max } = plot.scales.y ?? {};
  if (limit === undefined || min == null || max == null || limit < min || limit > max) return;
  const { left, width } = plot.bbox;
  const y = Math.round(plot.valToPos(limit, 'y', true));
  drawDashes(plot, color, [left, y], [left + width, y]);
}

function drawSince(plot: uPlot, sinceMs: number | undefined, color: string): void {
  const { min, max } = plot.scales.x ?? {};
  if (sinceMs === undefined || min == null || max == null || sinceMs < min || sinceMs > max) return;
  const { top, height } = plot.bbox;
  const x = Math.round(plot.valToPos(sinceMs, 'x', true));
  drawDashes(plot, color, [x, top], [x, top + height]);
}

type Place = readonly [x: number, y: number];

function drawDashes({ ctx }: uPlot, color: string, from: Place, to: Place): void {
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
  ctx.restore();
}

/** A canvas knows no variables: `var(--brand)` as it stands on the page now. */
function resolved(element: HTMLElement, variable: string): string {
  const name = variable.slice('var('.length, -1);
  return getComputedStyle(element).getPropertyValue(name).trim();
}

function tinted(color: string): string {
  return `${color}2e`;
}
