'use client';
import classes from './chart.module.css';
import { type ChartData, seriesColor } from './chart-data.ts';
import { useSeriesText } from './chart-frame.tsx';

/** Every series at the position under the pointer; a gap is named as one. */
export function ChartTooltip({ data, position }: { readonly data: ChartData; readonly position: string }) {
  const write = useSeriesText();
  const index = data.positions.indexOf(position);
  return (
    <div className={classes.tooltip}>
      <p className={classes.tooltipTitle}>{data.fullText(position)}</p>
      {data.series.map((series) => (
        <p key={series.id} className={classes.tooltipLine}>
          <span className={classes.swatch} style={{ background: seriesColor[series.color] }} aria-hidden="true" />
          <span>{series.label}</span>
          <strong>{write(series, series.values[index] ?? null)}</strong>
        </p>
      ))}
    </div>
  );
}
