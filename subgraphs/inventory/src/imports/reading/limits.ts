/** What one file may ask of us; beyond it the file is refused whole. */
export interface ReadingLimits {
  readonly fileBytes: number;
  /** Everything in the archive, unpacked. */
  readonly unpackedBytes: number;
  readonly archiveEntries: number;
  readonly sheets: number;
  /** Of all sheets together. */
  readonly rows: number;
  readonly columns: number;
  readonly milliseconds: number;
  readonly heapMegabytes: number;
}

export const readingLimits: ReadingLimits = {
  fileBytes: 10 * 1024 * 1024,
  unpackedBytes: 300 * 1024 * 1024,
  archiveEntries: 2_000,
  sheets: 50,
  rows: 400_000,
  columns: 200,
  milliseconds: 60_000,
  heapMegabytes: 1_536,
};
