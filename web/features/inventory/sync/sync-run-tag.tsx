'use client';
import { useTranslations } from 'next-intl';
import type { SyncRunFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { runTones } from './runs.ts';

/** How a copy stands; one that ended with rows that could not be taken says so, wherever it is shown. */
export function SyncRunTag({
  run: { status, recordsFailed },
}: {
  readonly run: Pick<SyncRunFragment, 'status' | 'recordsFailed'>;
}) {
  const t = useTranslations('inventory.erp');
  const format = useFormat();
  const isPartial = status === 'COMPLETED' && recordsFailed > 0;
  return (
    <StateTag tone={isPartial ? 'attention' : runTones[status]}>
      {isPartial
        ? t('withFailed', { count: recordsFailed, written: format.number(recordsFailed) })
        : t(`statuses.${status}`)}
    </StateTag>
  );
}
