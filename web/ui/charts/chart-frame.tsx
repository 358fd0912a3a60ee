'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useFormat } from '../format/use-format.ts';
import classes from './chart.module.css';
import { type ChartData, type ChartSeries, seriesColor } from './chart-data.ts';

/** A chart with its legend, and the same data as a table for whoever cannot, or would rather not, read a picture. */
export function ChartFrame({
  data,
  height,
  children,
}: {
  readonly data: ChartData;
  readonly height: number;
  readonly children: ReactNode;
}) {
  const t = useTranslations('chart');
  const [isTable, setTable] = useState(false);
  return (
    <figure className={classes.frame} aria-label={data.caption}>
      {isTable ? (
        <ChartTable data={data} height={height} />
      ) : (
        <div className={classes.drawing} style={{ height }}>
          {children}
        </div>
      )}
      <figcaption className={classes.foot}>
        <ul className={classes.legend}>
          {data.series.map((series) => (
            <li key={series.id}>
              <span
                className={classes.swatch}
                data-kind={series.kind ?? 'line'}
                style={{ background: seriesColor[series.color] }}
                aria-hidden="true"
              />
              {series.unit === '' ? series.label : `${series.label}, ${series.unit}`}
            </li>
          ))}
        </ul>
        <button type="button" className={classes.toggle} aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? t('asChart') : t('asTable')}
        </button>
      </figcaption>
    </figure>
  );
}

function ChartTable({ data, height }: { readonly data: ChartData; readonly height: number }) {
  const write = useSeriesText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: it scrolls, so the keyboard must reach it
    <div role="group" className={classes.tableScroll} style={{ height }} tabIndex={0} aria-label={data.caption}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{data.positionLabel}</th>
            {data.series.map((series) => (
              <th key={series.id} scope="col">
                {series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.positions.map((position, index) => (
            <tr key={position}>
              <th scope="row">{data.fullText(position)}</th>
              {data.series.map((series) => (
                <td key={series.id}>{write(series, series.values[index] ?? null)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Writes a value of a series with its unit. */
export function useSeriesText(): (series: ChartSeries, value: number | null) => string {
  const format = useFormat();
  return (series, value) => {
    if (value === null) return '–';
    return series.write?.(value) ?? format.quantity(value, series.unit, { digits: series.digits });
  };
}
