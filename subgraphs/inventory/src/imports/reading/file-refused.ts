export const fileRefusals = [
  'TOO_LARGE',
  'EMPTY_FILE',
  'NOT_A_SPREADSHEET',
  'BROKEN_FILE',
  'PASSWORD_PROTECTED',
  'ARCHIVE_BOMB',
  'TOO_MANY_ROWS',
  'TOO_MANY_SHEETS',
  'TOOK_TOO_LONG',
  'NEEDS_TOO_MUCH_MEMORY',
  'NO_TABLE',
  'SEVERAL_KINDS',
  'NO_DATES',
  'NO_ROWS',
] as const;
export type FileRefusal = (typeof fileRefusals)[number];

/** A heading with what stands below it, for a person who says what it means. */
export interface SeenHeading<Field extends string = string> {
  /** From 0. */
  readonly index: number;
  /** As the file has it. */
  readonly heading: string;
  /** What it was read as; null when it means nothing to us. */
  readonly field: Field | null;
  /** The first values below it, at most three. */
  readonly samples: readonly string[];
}

/** The file as a whole cannot be taken, and no row of it was. */
export class FileRefused extends Error {
  readonly code: FileRefusal;
  /** What look like headings, where a file has no table that is understood. */
  readonly headings: readonly SeenHeading[];

  constructor(code: FileRefusal, headings: readonly SeenHeading[] = []) {
    super(code);
    this.code = code;
    this.headings = headings;
  }
}
