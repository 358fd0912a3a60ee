'use client';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../ui/format/use-format.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { useNow } from '../../ui/use-now.ts';
import { pointState } from './point-state.ts';

/** The state of a point in a word, kept true while the page is open: silence begins without any event. */
export function PointStateTag({ point }: { readonly point: Parameters<typeof pointState>[0] }) {
  const t = useTranslations('water.state');
  const format = useFormat();
  const now = useNow();
  const { name, tone, silentMs } = pointState(point, now ?? Date.now());
  const duration = silentMs === null ? '' : format.duration(silentMs);
  return <StateTag tone={tone}>{t(name, { duration })}</StateTag>;
}
