'use client';
import { useTranslations } from 'next-intl';
import type { ForecastRunFactsFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { StateTag, type StateTone } from '../../../ui/state-tag.tsx';

const tones: Readonly<Record<ForecastRunFactsFragment['status'], StateTone>> = {
  ...{ PENDING: 'neutral', RUNNING: 'brand', COMPLETED: 'ok', FAILED: 'fault' },
};

/** How a run stands; one that ended with something left undone says so, wherever it is shown. */
export function RunTag({
  run: { status, failed },
}: {
  readonly run: Pick<ForecastRunFactsFragment, 'status' | 'failed'>;
}) {
  const t = useTranslations('inventory.forecasts');
  const format = useFormat();
  const isPartial = status === 'COMPLETED' && failed > 0;
  return (
    <StateTag tone={isPartial ? 'attention' : tones[status]}>
      {isPartial ? t('withFailed', { count: failed, written: format.number(failed) }) : t(`statuses.${status}`)}
    </StateTag>
  );
}
