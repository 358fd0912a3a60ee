'use client';
import { useTranslations } from 'next-intl';
import { useLiveSnapshot } from '../graphql/graph-provider.tsx';

/** Whether a panel's values are arriving by themselves right now: it says so only while they are. */
export function LiveNote() {
  const t = useTranslations('live');
  const { state } = useLiveSnapshot();
  return state === 'idle' ? null : <span>{t(`panel.${state}`)}</span>;
}
