/** The same thing has the same colour on every page. */
export type SeriesColor = 'brand' | 'blue' | 'ochre' | 'plum' | 'slate';

export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly color: SeriesColor;
  /** One value for each position; null is a gap and is drawn as one. */
  readonly values: readonly (number | null)[];
  readonly digits: number;
  /** Series of another unit are read at the right axis. */
  readonly axis?: 'left' | 'right';
  /** Bars of one stack stand on each other. */
  readonly stack?: string;
  readonly kind?: 'bar' | 'line';
  /** How a value is written, where number and unit do not say it: money. */
  readonly write?: (value: number) => string;
}

export interface ChartData {
  readonly caption: string;
  /** What the positions are, for the table view: `Día`. */
  readonly positionLabel: string;
  /** Days or instants, in order. */
  readonly positions: readonly string[];
  /** Short, for the axis. */
  readonly tickText: (position: string) => string;
  /** Whole, for the tooltip and the table. */
  readonly fullText: (position: string) => string;
  readonly series: readonly ChartSeries[];
}

export const seriesColor: Readonly<Record<SeriesColor, string>> = {
  brand: 'var(--brand)',
  blue: 'var(--series-blue)',
  ochre: 'var(--series-ochre)',
  plum: 'var(--series-plum)',
  slate: 'var(--series-slate)',
};

/** Rows as the drawing library wants them: one object for each position. */
export function chartRows({ positions, series }: ChartData): readonly Record<string, string | number | null>[] {
  return positions.map((position, index) => ({
    position,
    ...Object.fromEntries(series.map((one) => [one.id, one.values[index] ?? null])),
  }));
}
