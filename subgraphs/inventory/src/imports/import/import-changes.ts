import { defineTopic } from '@cauce/shared/events/domain-event';

/** An import began, went on or ended; read it by its id. */
export const spreadsheetImportChanged = defineTopic<{ readonly importId: string; readonly uploadId: string }>(
  'inventory.spreadsheetImportChanged',
);
