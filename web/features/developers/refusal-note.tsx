'use client';
import { useTranslations } from 'next-intl';
import classes from './developers.module.css';
import type { Refusal } from './use-act.ts';

const worded = [
  'VALIDATION_FAILED',
  'NOT_FOUND',
  'PERMISSION',
  'TOPIC',
  'TOO_MANY_KEYS',
  'TOO_MANY_WEBHOOKS',
  'KEY_ENDED',
  'JUST_ROTATED',
  'WEBHOOK_OFF',
  'STILL_TRYING',
  'RATE_LIMITED',
  'FORBIDDEN',
  'NETWORK',
] as const;

/** Why something was not done, in words; the graph's own where we have none. */
export function RefusalNote({ refusal }: { readonly refusal: Refusal | null }) {
  const t = useTranslations('developers.refused');
  const code = worded.find((one) => one === refusal?.code);
  return (
    <p className={classes.refusal} role="alert">
      {refusal === null
        ? null
        : code === undefined
          ? t('other', { message: refusal.message })
          : t(code, { message: refusal.message })}
    </p>
  );
}
