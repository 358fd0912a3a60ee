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

/** The file as a whole cannot be taken, and no row of it was. */
export class FileRefused extends Error {
  readonly code: FileRefusal;

  constructor(code: FileRefusal) {
    super(code);
    this.code = code;
  }
}
