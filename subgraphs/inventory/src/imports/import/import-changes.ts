import { defineTopic } from '@cauce/shared/events/domain-event';

export interface SpreadsheetImportChanged {
  readonly importId: string;
  readonly uploadId: string;
  /** Rows read so far, while it is being read. */
  readonly rowsRead?: number;
}

/** An import began, went on or ended; read it by its id. */
export const spreadsheetImportChanged = defineTopic<SpreadsheetImportChanged>('inventory.spreadsheetImportChanged');
