export const problemCodes = [
  'MISSING',
  'NOT_A_NUMBER',
  'AMBIGUOUS_NUMBER',
  'NUMBER_TOO_LARGE',
  'NEGATIVE',
  'BELOW_MINIMUM',
  'MERGED_NUMBER',
  'NOT_A_DATE',
  'AMBIGUOUS_DATE',
  'OUT_OF_RANGE',
  'CODE_LOST_DIGITS',
  'CODE_IS_A_DATE',
  'TOO_LONG',
  'CELL_ERROR',
  'FORMULA_WITHOUT_VALUE',
  'REPEATED_ROW',
  'UNKNOWN_PRODUCT',
  'AMBIGUOUS_CODE',
  'UNKNOWN_WAREHOUSE',
  'AMBIGUOUS_WAREHOUSE',
  'FOLIO_OF_THE_ERP',
  'FOLIO_OF_ANOTHER_DAY',
  'FOLIO_REFUSED',
  'DAY_OF_THE_ERP',
  'DAY_TO_COME',
  'HELD_BY_ERP',
  'CHANGED_SINCE',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** Why a row is refused, at the cell that says so. */
export interface RowProblem {
  /** Letters of the column; null when the row lacks it altogether. */
  readonly column: string | null;
  /** The heading as the file has it. */
  readonly heading: string;
  readonly code: ProblemCode;
  /** What stands there, at most 100 characters. */
  readonly value: string;
  /** What was expected there, where that is a value. */
  readonly expected?: string | null;
}
