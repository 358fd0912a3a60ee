/** A cell as it stands in the file; a formula is only what it last came to. */
export interface Cell {
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error' | 'formula';
  /** Text for a `text`, an ISO day for a `date`, an Excel error for an `error`; empty for a `formula` without a value. */
  readonly text: string;
  /** The number of a `number`. */
  readonly number: number | null;
  /** Stands here because a merged cell covers this place; its own place is above or to the left. */
  readonly isCovered: boolean;
}

export type GridRow = readonly (Cell | undefined)[];

/** One sheet: rows by their number in the file less one, columns the same way; what is empty is left out. */
export interface Grid {
  readonly sheet: string;
  /** Its days are counted from 1904 instead of 1900. */
  readonly is1904: boolean;
  readonly rows: readonly (GridRow | undefined)[];
}

/** The letters of a column: 0 is `A`, 26 is `AA`. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : columnLetters(rest - 1)) + String.fromCharCode(65 + (index % 26));
}

/** A cell as a person would read it; empty for none. */
export function shown(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return cell.kind === 'number' && cell.text === '' ? String(cell.number) : cell.text;
}
