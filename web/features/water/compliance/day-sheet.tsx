'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { ComplianceSlotFragmentDoc, ComplianceSlotsDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { boundsIn } from './calendar-month.ts';
import classes from './compliance.module.css';
import { SlotList } from './slot-list.tsx';
import { useAgain } from './use-again.ts';

/** The slots of one point on one day of its regulator. */
export function DaySheet({
  point,
  day,
  timeZone,
  version,
  onOpen,
  onClose,
}: {
  readonly point: { readonly id: string; readonly name: string };
  readonly day: string;
  /** Of the regulator. */
  readonly timeZone: string;
  readonly version: number;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('water.compliancePage');
  const format = useFormat();
  const { language } = format;
  const { data, isLoading, failed, retry } = useGraph(
    ComplianceSlotsDocument,
    useMemo(
      () => ({ filter: { pointIds: [point.id], ...boundsIn(day, day, timeZone) }, first: 100, language }),
      [point.id, day, timeZone, language],
    ),
  );
  useAgain(version, retry);
  const slots =
    data?.complianceSubmissions.edges.map(({ node }) => readFragment(ComplianceSlotFragmentDoc, node)) ?? [];
  const title = `${point.name}, ${format.day(day)}`;
  return (
    <Sheet name={title} side="right" hasTitle onClose={onClose}>
      <p className={classes.note}>{t('hoursIn', { zone: format.zone(timeZone) })}</p>
      {isLoading ? (
        <SkeletonRows count={8} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={title} onRetry={retry} />
      ) : slots.length === 0 ? (
        <EmptyState title={t('dayEmpty.title')} hint={t('dayEmpty.hint')} />
      ) : (
        <div className={classes.sheetRows}>
          <SlotList slots={slots} hasPoint={false} onOpen={onOpen} />
        </div>
      )}
    </Sheet>
  );
}
