'use client';
import { useTranslations } from 'next-intl';
import type { NotificationDeliveryRowFragment } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import classes from '../water.module.css';

const tones = {
  PENDING: 'brand',
  SENDING: 'brand',
  SENT: 'ok',
  FAILED: 'fault',
  SUPPRESSED: 'neutral',
  KEPT: 'neutral',
} as const;

const canTryAgain = ['FAILED', 'KEPT', 'SUPPRESSED'];

/** One message: to whom, what became of it, and what it says. */
export function NotificationDelivery({
  row,
  isBusy,
  onRetry,
}: {
  readonly row: NotificationDeliveryRowFragment;
  readonly isBusy: boolean;
  readonly onRetry: () => void;
}) {
  const t = useTranslations('water.notices');
  const format = useFormat();
  const facts = [
    row.channel === null ? null : t(`channels.${row.channel}`),
    row.channel === 'WEBHOOK' ? null : row.address,
    t('log.attempts', { count: row.attempts }),
    row.error,
    row.nextAttemptAt === null ? null : t('log.next', { at: format.instant(row.nextAttemptAt) }),
    row.sentAt === null || row.status !== 'SENT' ? null : t('log.sentAt', { at: format.instant(row.sentAt) }),
  ].filter((fact) => fact !== null);
  return (
    <details className={classes.delivery}>
      <summary>
        <StateTag tone={tones[row.status]}>{t(`log.states.${row.status}`)}</StateTag>
        <span className={classes.subject}>
          <strong>{row.subject}</strong>
          <small>{row.recipientName ?? row.address}</small>
        </span>
        <time dateTime={row.createdAt}>{format.instant(row.createdAt)}</time>
      </summary>
      <p className={classes.muted}>{facts.join(' · ')}</p>
      <p className={classes.message}>{row.body}</p>
      {canTryAgain.includes(row.status) ? (
        <Button size="small" isBusy={isBusy} onClick={onRetry}>
          {t('log.again')}
        </Button>
      ) : null}
    </details>
  );
}
