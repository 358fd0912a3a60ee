import type { ReactNode } from 'react';
import type { CsvValue } from './csv.ts';

/** One column, in the words of whoever shows the rows. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** Stands once, in the head, when all cells share it. */
  readonly unit?: string;
  /** What is sorted by and exported. */
  readonly value: (row: Row) => CsvValue;
  /** What is shown; the value itself when left out. */
  readonly cell?: (row: Row) => ReactNode;
  /** Numbers end at the same edge. */
  readonly align?: 'start' | 'end';
  /** Share of the width that this column takes beyond what it needs; 1 when left out, 0 to stay narrow. */
  readonly grow?: number;
  /** Offered in the column choice, not shown at first. */
  readonly isExtra?: boolean;
  /** Left out where there is no room for it. */
  readonly isWide?: boolean;
}
