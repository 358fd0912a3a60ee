'use client';
import { useTranslations } from 'next-intl';
import type { Refusal } from '../../graphql/use-act.ts';
import { RefusalNote, wordsFor } from '../../ui/refusal-note.tsx';

const worded = [
  'NAME_TAKEN',
  'NO_ADDRESS',
  'NOT_ENDED',
  'NOT_OPEN',
  'OTHER_KIND',
  'CREDENTIALS_NEEDED',
  'DEVICE_OF_OTHER_POINT',
  'DEVICE_TAKEN',
  'POINT_OF_OTHER_COMPANY',
  'STALE',
  'NOT_ALL_SITES',
] as const;

/** Why an alert, a notice or a rule was not changed. */
export function WaterRefusal({ refusal }: { readonly refusal: Refusal | null }) {
  const t = useTranslations('water.refused');
  return <RefusalNote refusal={refusal} words={wordsFor(worded, (code) => t(code))} />;
}
