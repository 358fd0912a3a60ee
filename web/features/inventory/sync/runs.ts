import type { SyncRunFragment } from '../../../graphql/generated/graphql.ts';

/** Kinds of rows that are copied, in the order in which they refer to each other. */
export const copiedEntities = ['WAREHOUSES', 'PRODUCTS', 'PRICES', 'CUSTOMERS', 'STOCK', 'SALES'] as const;
export type CopiedEntity = (typeof copiedEntities)[number];

export const runTones = {
  ...({ PENDING: 'neutral', RUNNING: 'brand', COMPLETED: 'ok' } as const),
  ...({ FAILED: 'fault', CANCELLED: 'neutral' } as const),
} satisfies Record<SyncRunFragment['status'], string>;

/** Share of a run that is through, 0 to 1; null while nobody can say. A run that is taken up again reads some rows twice. */
export function shareOf({
  recordsProcessed,
  recordsExpected,
}: Pick<SyncRunFragment, 'recordsProcessed' | 'recordsExpected'>): number | null {
  if (recordsExpected === null) return null;
  return recordsExpected === 0 ? 1 : Math.min(1, recordsProcessed / recordsExpected);
}

/** What a run changed, without what it did not. */
export function changesOf({
  recordsCreated,
  recordsUpdated,
  recordsDeleted,
}: Pick<SyncRunFragment, 'recordsCreated' | 'recordsUpdated' | 'recordsDeleted'>) {
  const all = [
    ['created', recordsCreated],
    ['updated', recordsUpdated],
    ['deleted', recordsDeleted],
  ] as const;
  return all.filter(([, count]) => count > 0);
}
