'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useState } from 'react';
import classes from './forecast.module.css';

/** A chart of days with what is said of the one under the pointer; or the same days as rows that scroll. */
export function ChartOrTable({
  caption,
  readout,
  height,
  chart,
  table,
  legend,
}: {
  readonly caption: string;
  readonly readout: string;
  readonly height: number;
  readonly chart: ReactNode;
  readonly table: ReactNode;
  readonly legend: ReactNode;
}) {
  const t = useTranslations('inventory.forecast');
  const [isTable, setTable] = useState(false);
  return (
    <figure className={classes.chart} aria-label={caption}>
      <figcaption className={classes.head}>
        <span className={classes.readout} aria-live="polite">
          {readout}
        </span>
        <button type="button" className={classes.asTable} aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {t(isTable ? 'asChart' : 'asTable')}
        </button>
      </figcaption>
      {isTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex lint/a11y/useSemanticElements: it scrolls, so the keyboard must reach it
        <div role="group" className={classes.rows} style={{ maxHeight: height }} tabIndex={0} aria-label={caption}>
          {table}
        </div>
      ) : (
        chart
      )}
      <p className={classes.key}>{legend}</p>
    </figure>
  );
}
