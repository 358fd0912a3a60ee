import type { ImportSummaryFragment } from '../../../graphql/generated/graphql.ts';
import type { StateTone } from '../../../ui/state-tag.tsx';

type Status = ImportSummaryFragment['status'];

/** States that a worker moves on from by itself. */
export const isMoving = (status: Status): boolean =>
  status === 'UPLOADED' || status === 'PARSING' || status === 'COMMITTING' || status === 'UNDOING';

export const toneOf: Readonly<Record<Status, StateTone>> = {
  ...{ UPLOADED: 'neutral', PARSING: 'brand', PREVIEW: 'attention', COMMITTING: 'brand', COMPLETED: 'ok' },
  ...{ UNDOING: 'brand', FAILED: 'fault', UNDONE: 'neutral', CANCELLED: 'neutral' },
};

/** Which rows are looked at. */
export const rowViews = ['ALL', 'CREATED', 'UPDATED', 'SKIPPED', 'QUARANTINED'] as const;
export type RowView = (typeof rowViews)[number];
