'use client';
import type { ReactNode } from 'react';
import classes from './row-list.module.css';

export interface RowProps {
  readonly title: ReactNode;
  /** What tells it from others of that name. */
  readonly subtitle?: ReactNode;
  /** A fact in a quiet voice; a small chart; a number. All three give way on a phone. */
  readonly note?: ReactNode;
  readonly chart?: ReactNode;
  readonly number?: ReactNode;
  readonly tag?: ReactNode;
  /** No longer of use: shown, in a quieter ink. */
  readonly hasEnded?: boolean;
  readonly onOpen: () => void;
}

/** A short list of things that can be opened: for dozens; thousands belong in a `DataTable`. Fills its panel to the edges. */
export function RowList({ children }: { readonly children: ReactNode }) {
  return <ul className={classes.rows}>{children}</ul>;
}

/** One thing of a list. */
export function Row({ title, subtitle, note, chart, number, tag, hasEnded = false, onOpen }: RowProps) {
  return (
    <li>
      <button type="button" className={classes.row} onClick={onOpen} data-ended={hasEnded}>
        <span className={classes.main}>
          <strong>{title}</strong>
          {subtitle === undefined ? null : <small>{subtitle}</small>}
        </span>
        {note === undefined ? null : <span className={classes.note}>{note}</span>}
        {chart === undefined ? null : <span className={classes.chart}>{chart}</span>}
        {number === undefined ? null : <span className={classes.number}>{number}</span>}
        {tag === undefined ? null : <span className={classes.tag}>{tag}</span>}
      </button>
    </li>
  );
}
