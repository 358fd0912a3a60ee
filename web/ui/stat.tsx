import { Children, type ReactNode } from 'react';
import { LiveValue } from './live-value.tsx';
import { Sparkline } from './sparkline.tsx';
import classes from './stat.module.css';

/** Whether a difference is good news: more tons are, more loss is not. */
export type Tone = 'good' | 'bad' | 'attention' | 'plain';

export interface StatProps {
  readonly label: string;
  /** The number as it is read, without its unit. */
  readonly value: string;
  readonly unit?: string;
  /** A change against something named, or one more fact that makes the number mean something. */
  readonly comparison?: {
    /** Words, or a link of them to the rows that the number counts. */
    readonly text: ReactNode;
    readonly note?: string;
    readonly direction?: 'up' | 'down';
    readonly tone: Tone;
  };
  /** The days behind the number, oldest first. */
  readonly trend?: readonly (number | null)[];
}

/** One headline number with its unit, what it is compared with, and how it came to be. */
export function Stat({ label, value, unit, comparison, trend }: StatProps) {
  return (
    <div className={classes.stat}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.figure}>
        <span className={classes.value}>
          <LiveValue text={value} />
        </span>
        {unit === undefined ? null : <span className={classes.unit}>{unit}</span>}
      </dd>
      {comparison === undefined ? null : (
        <dd className={classes.comparison} data-tone={comparison.tone}>
          {comparison.direction === undefined ? null : <Arrow direction={comparison.direction} />}
          <strong>{comparison.text}</strong>
          {comparison.note === undefined ? null : <span> {comparison.note}</span>}
        </dd>
      )}
      {trend === undefined || trend.length < 2 ? null : (
        <dd className={classes.trend} aria-hidden="true">
          <Sparkline values={trend} />
        </dd>
      )}
    </div>
  );
}

/** Headline numbers side by side between hairlines, as many as there are; on a phone the first takes a whole row. */
export function StatRow({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const count = Children.toArray(children).length;
  if (count === 0) return null;
  return (
    <dl className={classes.row} aria-label={label} data-odd={count % 2 === 1}>
      {children}
    </dl>
  );
}

function Arrow({ direction }: { readonly direction: 'up' | 'down' }) {
  return (
    <svg className={classes.arrow} viewBox="0 0 10 9" aria-hidden="true">
      <path d={direction === 'up' ? 'M5 0.5 10 9H0z' : 'M5 8.5 0 0h10z'} />
    </svg>
  );
}
