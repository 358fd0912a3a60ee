'use client';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  NotificationDeliveryRowFragmentDoc,
  NotificationLogDocument,
  type NotificationStatus,
  RetryNotificationDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FilterSelect } from '../../../ui/filters.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import classes from '../water.module.css';
import { WaterRefusal } from '../water-refusal.tsx';
import { NotificationDelivery } from './notification-delivery.tsx';

const statuses = [
  'PENDING',
  'SENDING',
  'SENT',
  'FAILED',
  'SUPPRESSED',
  'KEPT',
] as const satisfies readonly NotificationStatus[];
const pageSize = 25;
/** The most that the graph gives at once. */
const mostAtOnce = 200;
const waitingMs = 2_000;

/** What was told, newest first; asks again while a message is on its way. */
export function NotificationLog({ sent }: { readonly sent: number }) {
  const t = useTranslations('water.notices');
  const { act, isBusy, refusal } = useAct();
  const [status, setStatus] = useState<NotificationStatus | null>(null);
  const [first, setFirst] = useState(pageSize);
  const { data, isLoading, failed, retry } = useGraph(
    NotificationLogDocument,
    useMemo(() => ({ filter: status === null ? {} : { statuses: [status] }, first }), [status, first]),
  );
  const rows =
    data?.notificationDeliveries.edges.map(({ node }) => readFragment(NotificationDeliveryRowFragmentDoc, node)) ?? [];
  // What waits for the end of quiet hours can wait for long; a message that is due cannot.
  const isMoving = rows.some(
    (row) =>
      row.status === 'SENDING' ||
      (row.status === 'PENDING' && Date.parse(row.nextAttemptAt ?? row.createdAt) - Date.now() < 60_000),
  );
  useEffect(() => {
    if (sent > 0) retry();
  }, [sent, retry]);
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(retry, waitingMs);
    return () => clearInterval(timer);
  }, [isMoving, retry]);
  const again = async (id: string) => {
    if ((await act(RetryNotificationDocument, { id })) !== null) retry();
  };
  const hasMore = data?.notificationDeliveries.pageInfo.hasNextPage === true && first < mostAtOnce;
  return (
    <Panel
      title={t('log.title')}
      aside={
        <FilterSelect
          label={t('log.filter')}
          all={t('log.all')}
          value={status}
          options={statuses.map((value) => ({ value, label: t(`log.states.${value}`) }))}
          onChange={setStatus}
        />
      }
      actions={
        <Button size="icon" look="quiet" aria-label={t('log.refresh')} title={t('log.refresh')} onClick={retry}>
          <IconRefresh size={15} aria-hidden="true" />
        </Button>
      }
    >
      <WaterRefusal refusal={refusal} />
      {isLoading ? (
        <SkeletonRows count={4} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('log.title')} onRetry={retry} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('log.empty.title')} hint={t('log.empty.hint')} />
      ) : (
        <div className={classes.log}>
          {rows.map((row) => (
            <NotificationDelivery key={row.id} row={row} isBusy={isBusy} onRetry={() => void again(row.id)} />
          ))}
        </div>
      )}
      {hasMore ? <Button onClick={() => setFirst(Math.min(mostAtOnce, first * 2))}>{t('log.more')}</Button> : null}
    </Panel>
  );
}
