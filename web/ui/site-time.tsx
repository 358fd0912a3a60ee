'use client';
import { useTranslations } from 'next-intl';
import { useFormat } from './format/use-format.ts';
import { useNow } from './use-now.ts';

/** What the clocks of a place show, where they are not the reader's; nothing where they are. */
export function SiteTime({ timeZone }: { readonly timeZone: string }) {
  const t = useTranslations('overview');
  const format = useFormat();
  const now = useNow();
  if (now === null || format.zone(timeZone) === format.zone(Intl.DateTimeFormat().resolvedOptions().timeZone))
    return null;
  return <span>{t('siteTime', { clock: format.clockIn(now, timeZone), zone: format.zone(timeZone) })}</span>;
}
