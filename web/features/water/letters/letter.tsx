'use client';
import { useTranslations } from 'next-intl';
import type { WaterLetterFragment } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import water from '../water.module.css';
import { readablePayload } from './readable-payload.ts';

/** Reasons that have words; any other is shown by its code. */
export const reasons = [
  'UNKNOWN_POINT',
  'UNKNOWN_DEVICE',
  'AMBIGUOUS_DEVICE',
  'NO_DEVICE_IDENTITY',
  'WRONG_DEVICE',
  'WRONG_TENANT',
  'INVALID_JSON',
  'INVALID_MESSAGE',
  'INVALID_TOPIC',
  'INVALID_PROTOBUF',
  'IMPOSSIBLE_TIME',
  'MESSAGE_TOO_LARGE',
  'TOO_MANY_READINGS',
  'NOT_DECODED',
  'BEFORE_BIRTH',
  'NO_SOURCE',
  'ID_REUSED',
  'REFUSED_BY_DATABASE',
] as const;

/** One message that could not be kept: why, from where, and what it says. */
export function Letter({
  letter,
  isBusy,
  onRetry,
}: {
  readonly letter: WaterLetterFragment;
  readonly isBusy: boolean;
  /** Left out for who may only look. */
  readonly onRetry?: () => void;
}) {
  const t = useTranslations('water.letters');
  const format = useFormat();
  const { cause, point, resolvedAt, origin, topic } = letter;
  const known = reasons.find((one) => one === cause);
  const payload = readablePayload(letter.payload);
  const isReadable = origin === 'mqtt' && resolvedAt === null;
  return (
    <details className={water.delivery}>
      <summary>
        <StateTag tone={resolvedAt === null ? 'attention' : 'ok'}>
          {t(resolvedAt === null ? 'left' : 'stored')}
        </StateTag>
        <span className={water.subject}>
          <strong>{known === undefined ? cause : t(`reasons.${known}`)}</strong>
          <small>{[point?.name, topic ?? t('provider')].filter((fact) => fact != null).join(' · ')}</small>
        </span>
        <time dateTime={letter.receivedAt}>{format.instant(letter.receivedAt)}</time>
      </summary>
      <p className={water.explanation}>{known === undefined ? t('otherHint') : t(`hints.${known}`)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre className={water.message} tabIndex={0}>
        {payload}
      </pre>
      <div className={water.actions}>
        {isReadable && onRetry !== undefined ? (
          <Button size="small" isBusy={isBusy} onClick={onRetry}>
            {t('retry')}
          </Button>
        ) : null}
        <CopyButton text={letter.payload} what={t('payload')} />
        {resolvedAt === null ? null : (
          <span className={water.muted}>{t('storedAt', { at: format.instant(resolvedAt) })}</span>
        )}
        {resolvedAt === null && origin !== 'mqtt' ? <span className={water.muted}>{t('notMqtt')}</span> : null}
      </div>
    </details>
  );
}
