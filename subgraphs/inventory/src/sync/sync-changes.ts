import { defineTopic } from '@cauce/shared/events/domain-event';

/** A copy from an ERP began, went on or ended; read its job for how far it is. Written by whatever changes the job. */
export const syncStatusChanged = defineTopic<{ readonly jobId: string }>('inventory.syncStatusChanged', {
  isPublic: true,
});
