'use client';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo } from 'react';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  RedeliverWebhookDocument,
  type WebhookDeliveryRowFragment,
  WebhookDeliveryRowFragmentDoc,
  WebhookLogDocument,
} from '../../graphql/generated/graphql.ts';
import { useAct } from '../../graphql/use-act.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { CodeBlock } from './code-block.tsx';
import classes from './developers.module.css';
import { RefusalNote } from './refusal-note.tsx';

const tones = { PENDING: 'brand', SENDING: 'brand', DELIVERED: 'ok', FAILED: 'attention', DEAD: 'fault' } as const;
const errors = ['TIMEOUT', 'NETWORK', 'PRIVATE_ADDRESS', 'CIRCUIT_OPEN', 'NOT_ALLOWED', 'INTERNAL'] as const;
const waitingMs = 1_500;

/** The last deliveries with each try; asks again while one is on its way. */
export function WebhookLog({ webhookId, sent }: { readonly webhookId: string; readonly sent: number }) {
  const t = useTranslations('developers.log');
  const { act, isBusy, refusal } = useAct();
  const { data, isLoading, failed, retry } = useGraph(
    WebhookLogDocument,
    useMemo(() => ({ webhookId }), [webhookId]),
  );
  const rows = data?.webhookDeliveries.edges.map(({ node }) => readFragment(WebhookDeliveryRowFragmentDoc, node)) ?? [];
  const isWaiting = rows.some(({ status }) => status === 'PENDING' || status === 'SENDING');
  useEffect(() => {
    if (sent > 0) retry();
  }, [sent, retry]);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(retry, waitingMs);
    return () => clearInterval(timer);
  }, [isWaiting, retry]);
  const redeliver = async (deliveryId: string) => {
    if ((await act(RedeliverWebhookDocument, { deliveryId })) !== null) retry();
  };
  return (
    <section aria-label={t('title')} className={classes.log}>
      <h3>
        {t('title')}
        <Button size="small" look="quiet" icon={<IconRefresh size={14} aria-hidden="true" />} onClick={retry}>
          {t('refresh')}
        </Button>
      </h3>
      <RefusalNote refusal={refusal} />
      {isLoading ? (
        <SkeletonRows count={3} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        rows.map((row) => (
          <Delivery key={row.id} row={row} isBusy={isBusy} onRedeliver={() => void redeliver(row.id)} />
        ))
      )}
    </section>
  );
}

function Delivery({
  row,
  isBusy,
  onRedeliver,
}: {
  readonly row: WebhookDeliveryRowFragment;
  readonly isBusy: boolean;
  readonly onRedeliver: () => void;
}) {
  const t = useTranslations('developers.log');
  const format = useFormat();
  const wordsOf = (error: string | null) => t(`errors.${errors.find((one) => one === error) ?? 'INTERNAL'}`);
  const isSettled = row.status === 'DELIVERED' || row.status === 'DEAD';
  return (
    <details className={classes.delivery}>
      <summary>
        <StateTag tone={tones[row.status]}>{t(`states.${row.status}`)}</StateTag>
        <code>{row.topic}</code>
        <time dateTime={row.createdAt}>{format.instant(row.createdAt)}</time>
      </summary>
      <ul className={classes.tries}>
        {row.tries.map(({ at, responseStatus, error, durationMs }) => (
          <li key={at}>
            <time dateTime={at}>{format.instant(at)}</time>
            <span>{responseStatus === null ? wordsOf(error) : `HTTP ${responseStatus}`}</span>
            <span>{durationMs === null ? '–' : `${format.number(durationMs)} ms`}</span>
          </li>
        ))}
        {row.nextAttemptAt === null || isSettled ? null : (
          <li>{t('next', { at: format.instant(row.nextAttemptAt) })}</li>
        )}
      </ul>
      {row.payload === null ? null : <CodeBlock title={t('payload')} text={JSON.stringify(row.payload, null, 2)} />}
      {isSettled ? (
        <Button size="small" isBusy={isBusy} onClick={onRedeliver}>
          {t('redeliver')}
        </Button>
      ) : null}
    </details>
  );
}
