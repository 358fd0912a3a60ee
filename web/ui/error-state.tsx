'use client';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { Failure } from '../graphql/failures.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { capitalised } from './format/capitalised.ts';
import { MessageState } from './message-state.tsx';
import { NoPermission } from './no-permission.tsx';

/** The codes that have words of their own; every other one is worded as our fault. */
const worded = [
  'NETWORK',
  'SUBGRAPH_UNAVAILABLE',
  'UPSTREAM_UNAVAILABLE',
  'TIMEOUT',
  'RATE_LIMITED',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'UNAUTHENTICATED',
] as const;
type Worded = (typeof worded)[number];

/** What happened, what is safe, what to do, and the request id to copy. A refusal is shown as a missing permission. */
export function ErrorState({
  failure,
  what,
  onRetry,
}: {
  readonly failure: Failure;
  readonly what: string;
  readonly onRetry?: () => void;
}) {
  const t = useTranslations('failure');
  if (failure.code === 'FORBIDDEN') return <NoPermission what={what} />;
  const code = isWorded(failure.code) ? failure.code : 'INTERNAL';
  return (
    <MessageState
      icon={<IconPlugConnectedX size={18} />}
      title={capitalised(t(`${code}.title`, { what }))}
      role="alert"
      tone="fault"
      actions={
        <>
          {onRetry === undefined ? null : (
            <Button onClick={onRetry} size="small">
              {t('retry')}
            </Button>
          )}
          {failure.requestId === null ? null : (
            <CopyButton
              text={failure.requestId}
              what={t('requestNumber', { id: failure.requestId })}
              label={failure.requestId}
            />
          )}
        </>
      }
    >
      {t(`${code}.safe`)}
    </MessageState>
  );
}

function isWorded(code: string): code is Worded {
  return worded.some((one) => one === code);
}
