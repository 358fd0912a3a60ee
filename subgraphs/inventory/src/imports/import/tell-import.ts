import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { appendEvents } from '@cauce/shared/events/outbox';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { spreadsheetImportChanged } from './import-changes.ts';

interface ToldImport {
  readonly id: string;
  readonly uploadId: string;
  readonly companyId: string;
}

/** Tells, with its transaction, that an import went on. */
export async function tellImport(
  tx: DatabaseTransaction,
  { clock }: Pick<Deps, 'clock'>,
  { id, uploadId, companyId }: ToldImport,
): Promise<void> {
  await appendEvents(tx, [
    {
      ...{ topic: spreadsheetImportChanged, companyId, siteId: null, key: id, occurredAt: clock.now() },
      payload: { importId: id, uploadId },
    },
  ]);
}

const betweenMs = 400;

/** Tells who listens now how many rows were read so far, a few times a second; kept nowhere, and never in the way. */
export function createReadingTeller({ bus, clock }: Pick<Deps, 'bus' | 'clock'>, file: ToldImport) {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (rowsRead: number): void => {
    if (performance.now() - lastMs < betweenMs) return;
    lastMs = performance.now();
    const { id, uploadId, companyId } = file;
    const now = clock.now();
    // It never was in the outbox: its id is made of the time and only tells it from others.
    const eventId = (BigInt(now.getTime()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n)).toString();
    const event = {
      ...{ id: eventId, topic: spreadsheetImportChanged.name, companyId, siteId: null, key: id },
      ...{ occurredAt: now.toISOString(), payload: { importId: id, uploadId, rowsRead } },
    };
    bus.publish([event]).catch(() => {});
  };
}
