import classes from './skeleton.module.css';

/** A bar where text will be. */
export function SkeletonText({ width = '60%' }: { readonly width?: string }) {
  return <span className={classes.text} style={{ width }} aria-hidden="true" />;
}

/** The shape of a stat row before its numbers. */
export function SkeletonStats({ count, hasTrend = true }: { readonly count: number; readonly hasTrend?: boolean }) {
  return (
    <div className={classes.stats} data-odd={count % 2 === 1} aria-hidden="true">
      {indices(count).map((index) => (
        <div key={index} className={classes.stat}>
          <SkeletonText width="45%" />
          <span className={classes.figure} />
          <SkeletonText width="60%" />
          {hasTrend ? <span className={classes.spark} /> : null}
        </div>
      ))}
    </div>
  );
}

/** The shape of a chart: bars of uneven height on a base line. */
export function SkeletonChart({ height = 240 }: { readonly height?: number }) {
  return (
    <div className={classes.chart} style={{ height }} aria-hidden="true">
      {indices(22).map((index) => (
        <span key={index} style={{ height: `${38 + ((index * 37) % 50)}%` }} />
      ))}
    </div>
  );
}

/** The shape of a table: one line a row, or as high as a row of the table is, in pixels. */
export function SkeletonRows({ count = 6, height }: { readonly count?: number; readonly height?: number }) {
  return (
    <div className={classes.rows} aria-hidden="true">
      {indices(count).map((index) => (
        <div key={index} {...(height === undefined ? {} : { style: { height } })}>
          <SkeletonText width={`${30 + ((index * 13) % 20)}%`} />
          <SkeletonText width="12%" />
          <SkeletonText width="16%" />
        </div>
      ))}
    </div>
  );
}

/** The shape of a panel with a table, before it is known what it is called. */
export function SkeletonPanel({ rows = 8 }: { readonly rows?: number }) {
  return (
    <div className={classes.panel} aria-hidden="true">
      <SkeletonText width="120px" />
      <SkeletonRows count={rows} />
    </div>
  );
}

function indices(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
