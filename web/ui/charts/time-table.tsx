'use client';
import { useTranslations } from 'next-intl';
import { useFormat } from '../format/use-format.ts';
import classes from './chart.module.css';
import { hasSpread, type TimeChartData } from './time-chart-data.ts';

/** What a chart over time shows, as rows, for whoever cannot or would rather not read a picture. */
export function TimeTable({ data, height }: { readonly data: TimeChartData; readonly height: number }) {
  const t = useTranslations('timeChart');
  const format = useFormat();
  const isSpread = hasSpread(data.points);
  const write = (value: number | null) => format.quantity(value, data.unit, { digits: data.digits });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: it scrolls, so the keyboard must reach it
    <div role="group" className={classes.tableScroll} style={{ height }} tabIndex={0} aria-label={data.caption}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('when')}</th>
            <th scope="col">{data.label}</th>
            {isSpread ? (
              <>
                <th scope="col">{t('low')}</th>
                <th scope="col">{t('high')}</th>
              </>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {data.points.map((point) => (
            <tr key={point.atMs}>
              <th scope="row">{format.instant(point.atMs)}</th>
              <td>{write(point.value)}</td>
              {isSpread ? (
                <>
                  <td>{write(point.low)}</td>
                  <td>{write(point.high)}</td>
                </>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
