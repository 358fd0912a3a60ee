'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { ComplianceSlotFragmentDoc, ComplianceSlotsDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { LiveNote } from '../../../shell/live-note.tsx';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import classes from './compliance.module.css';
import { SlotList } from './slot-list.tsx';
import { useAgain } from './use-again.ts';

const pageSize = 5;
/** The most that the graph gives at once. */
const mostAtOnce = 200;

/** What waits for a person's decision at a site, newest first. */
export function ReviewQueue({
  siteId,
  version,
  onOpen,
}: {
  readonly siteId: string;
  /** Another number asks again. */
  readonly version: number;
  readonly onOpen: (id: string) => void;
}) {
  const t = useTranslations('water.compliancePage');
  const { language } = useFormat();
  const [first, setFirst] = useState(pageSize);
  const filter = useMemo(
    () => ({ siteIds: [siteId], statuses: ['NEEDS_REVIEW' as const, 'REJECTED' as const] }),
    [siteId],
  );
  const { data, isLoading, failed, retry } = useGraph(
    ComplianceSlotsDocument,
    useMemo(() => ({ filter, first, language }), [filter, first, language]),
  );
  useAgain(version, retry);
  const slots =
    data?.complianceSubmissions.edges.map(({ node }) => readFragment(ComplianceSlotFragmentDoc, node)) ?? [];
  const total = data?.complianceSubmissions.totalCount ?? 0;
  return (
    <Panel title={t('queue')} aside={<LiveNote />}>
      {isLoading ? (
        <SkeletonRows count={4} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('queue')} onRetry={retry} />
      ) : slots.length === 0 ? (
        <p className={classes.note}>
          {t('queueEmpty.title')}. {t('queueEmpty.hint')}
        </p>
      ) : (
        <SlotList slots={slots} hasPoint onOpen={onOpen} />
      )}
      {total > slots.length && first < mostAtOnce ? (
        <Button className={classes.more} onClick={() => setFirst(Math.min(mostAtOnce, first * 4))}>
          {t('more', { count: total - slots.length })}
        </Button>
      ) : null}
    </Panel>
  );
}
