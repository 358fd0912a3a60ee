import type { InventoryBuilder } from '../services.ts';
import type { SyncCertificate, SyncFailedRow } from './sync.ts';

/** Adds what a run leaves behind: its proof, and the rows that could not be taken. */
export function addSyncEvidence(builder: InventoryBuilder) {
  const certificate = builder.objectRef<SyncCertificate>('SyncCertificate').implement({
    description: 'Counts, sums and keys of the rows in the ERP and here, at the end of a run.',
    fields: (t) => ({
      isComplete: t.exposeBoolean('isComplete', { description: 'Nothing failed, and both sides are the same.' }),
      sourceCount: t.expose('sourceCount', { type: 'Decimal', nullable: true, description: 'Rows in the ERP.' }),
      ourCount: t.expose('ourCount', { type: 'Decimal', description: 'Rows here.' }),
      failedCount: t.expose('failedCount', { type: 'Decimal', description: 'Rows that could not be taken.' }),
      sourceSum: t.expose('sourceSum', {
        type: 'Decimal',
        nullable: true,
        description:
          'In the ERP: of prices, units on hand or totals of sales (returns negative); null for other kinds.',
      }),
      ourSum: t.expose('ourSum', { type: 'Decimal', nullable: true, description: 'The same sum here.' }),
      minKey: t.exposeString('minKey', {
        nullable: true,
        description: 'First key in the ERP; by table where several.',
      }),
      maxKey: t.exposeString('maxKey', { nullable: true, description: 'Last key in the ERP.' }),
      ourMinKey: t.exposeString('ourMinKey', { nullable: true, description: 'First key here.' }),
      ourMaxKey: t.exposeString('ourMaxKey', { nullable: true, description: 'Last key here.' }),
    }),
  });
  const failedRow = builder.objectRef<SyncFailedRow>('SyncFailedRow').implement({
    description: 'A row of an ERP that could not be taken, as it came.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id, for `after`.' }),
      sourceKey: t.exposeString('sourceKey', { description: 'What the ERP knows it by.' }),
      reason: t.exposeString('reason', { description: 'Why: `UNKNOWN_PRODUCT`, `BAD_NUMBER: …`.' }),
      data: t.field({ type: 'JSON', description: 'Its values.', resolve: ({ data }) => data }),
    }),
  });
  return { certificate, failedRow };
}
