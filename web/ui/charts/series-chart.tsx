'use client';
import { useState } from 'react';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  type MouseHandlerDataParam,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormat } from '../format/use-format.ts';
import { axisValues } from './axis-values.ts';
import { type ChartData, chartRows, seriesColor } from './chart-data.ts';
import { ChartFrame } from './chart-frame.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { niceScale } from './nice-scale.ts';

export interface SeriesChartProps {
  readonly data: ChartData;
  readonly height?: number;
  /** A stretch was drawn over with the pointer: ask for it at a finer grain. */
  readonly onZoom?: (from: string, to: string) => void;
  /** Whether the left axis begins at zero: amounts do, levels need not. */
  readonly fromZero?: boolean;
}

const tickStyle = { fill: 'var(--muted)', fontSize: 11.5 };

/** Bars and lines over time with axes, hover over all series, and zoom. Loaded only where a chart is shown. */
export function SeriesChart({ data, height = 250, onZoom, fromZero = true }: SeriesChartProps) {
  const format = useFormat();
  const [drag, setDrag] = useState<{ readonly from: string; readonly to: string } | null>(null);
  const hasRight = data.series.some((series) => series.axis === 'right');
  const compact = (value: number) => format.number(value, { compact: true });
  const under = ({ activeLabel }: MouseHandlerDataParam) => (typeof activeLabel === 'string' ? activeLabel : null);
  const zoomHandlers =
    onZoom === undefined
      ? {}
      : {
          onMouseDown: (state: MouseHandlerDataParam) => {
            const at = under(state);
            if (at !== null) setDrag({ from: at, to: at });
          },
          onMouseMove: (state: MouseHandlerDataParam) => {
            const at = under(state);
            if (drag !== null && at !== null) setDrag({ from: drag.from, to: at });
          },
          onMouseUp: () => {
            if (drag !== null && drag.from !== drag.to) {
              const [from, to] = [drag.from, drag.to].sort();
              if (from !== undefined && to !== undefined) onZoom(from, to);
            }
            setDrag(null);
          },
        };
  const left = niceScale(axisValues(data, 'left'), fromZero);
  const right = niceScale(axisValues(data, 'right'), true);
  return (
    <ChartFrame data={data} height={height}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height }}>
        <ComposedChart
          data={[...chartRows(data)]}
          margin={{ top: 8, right: hasRight ? 0 : 6, bottom: 0, left: 0 }}
          barCategoryGap="22%"
          barGap={1}
          {...zoomHandlers}
        >
          <CartesianGrid yAxisId="left" vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="position"
            tickFormatter={data.tickText}
            tick={tickStyle}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            interval="equidistantPreserveStart"
            minTickGap={22}
            tickMargin={6}
          />
          <YAxis
            yAxisId="left"
            width={widthOf(left.ticks.map(compact))}
            tick={tickStyle}
            tickLine={false}
            axisLine={false}
            tickFormatter={compact}
            domain={[...left.domain]}
            ticks={[...left.ticks]}
            interval={0}
          />
          {hasRight ? (
            <YAxis
              yAxisId="right"
              orientation="right"
              width={widthOf(right.ticks.map(compact))}
              tick={tickStyle}
              tickLine={false}
              axisLine={false}
              tickFormatter={compact}
              domain={[...right.domain]}
              ticks={[...right.ticks]}
              interval={0}
            />
          ) : null}
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--neutral-tint)', stroke: 'var(--line-strong)', fillOpacity: 0.7 }}
            content={({ active, label }) =>
              active && typeof label === 'string' ? <ChartTooltip data={data} position={label} /> : null
            }
          />
          {data.series.map((series) =>
            series.kind === 'bar' ? (
              <Bar
                key={series.id}
                dataKey={series.id}
                name={series.label}
                yAxisId={series.axis ?? 'left'}
                fill={seriesColor[series.color]}
                maxBarSize={26}
                radius={series.stack === undefined ? [2, 2, 0, 0] : 1}
                isAnimationActive={false}
                {...(series.stack === undefined ? {} : { stackId: series.stack })}
              />
            ) : (
              <Line
                key={series.id}
                dataKey={series.id}
                name={series.label}
                yAxisId={series.axis ?? 'left'}
                stroke={seriesColor[series.color]}
                strokeWidth={1.75}
                dot={data.positions.length < 2}
                activeDot={{ r: 3.5, strokeWidth: 0 }}
                connectNulls={false}
                isAnimationActive={false}
              />
            ),
          )}
          {drag === null ? null : (
            <ReferenceArea yAxisId="left" x1={drag.from} x2={drag.to} fill="var(--brand)" fillOpacity={0.12} />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

/** Room for the longest number at an axis, in pixels: `600 mil` is longer than `600`. */
function widthOf(written: readonly string[]): number {
  return Math.max(48, 16 + 6.4 * Math.max(0, ...written.map(({ length }) => length)));
}
