'use client';
import { useTranslations } from 'next-intl';
import type { Refusal } from '../../graphql/use-act.ts';
import { RefusalNote as Note, wordsFor } from '../../ui/refusal-note.tsx';

const worded = [
  'PERMISSION',
  'TOPIC',
  'TOO_MANY_KEYS',
  'TOO_MANY_WEBHOOKS',
  'TOO_MANY_DOCUMENTS',
  'KEY_ENDED',
  'JUST_ROTATED',
  'WEBHOOK_OFF',
  'STILL_TRYING',
] as const;

/** Why a key or a webhook was not made or changed. */
export function RefusalNote({ refusal }: { readonly refusal: Refusal | null }) {
  const t = useTranslations('developers.refused');
  return <Note refusal={refusal} words={wordsFor(worded, (code) => t(code))} />;
}
