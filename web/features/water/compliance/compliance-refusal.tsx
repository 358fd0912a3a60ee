'use client';
import { useTranslations } from 'next-intl';
import type { Refusal } from '../../../graphql/use-act.ts';
import { RefusalNote, wordsFor } from '../../../ui/refusal-note.tsx';

const worded = [
  ...([
    'NOT_OPEN',
    'HELD_BY_REGULATOR',
    'STALE',
    'STOPPED',
    'CREDENTIALS_NEEDED',
    'SAME_PERSON',
    'NOT_REQUESTED',
  ] as const),
  ...(['ALREADY_LIVE', 'PERSON_NEEDED', 'NOT_LIVE', 'NOT_YET', 'NOT_SENDABLE', 'NOT_ALL_SITES'] as const),
] as const;

/** Why a slot was not settled, or a point did not go live. */
export function ComplianceRefusal({ refusal }: { readonly refusal: Refusal | null }) {
  const t = useTranslations('water.compliancePage.refused');
  return <RefusalNote refusal={refusal} words={wordsFor(worded, (code) => t(code))} />;
}
