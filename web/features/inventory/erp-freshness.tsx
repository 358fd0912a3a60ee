'use client';
import { useTranslations } from 'next-intl';
import { Freshness } from '../../ui/freshness.tsx';

/** How old the copy of a product is; or that it was made here or came in a spreadsheet. */
export function ErpFreshness({ at }: { readonly at: string | null }) {
  const t = useTranslations('inventory.products');
  return at === null ? <span>{t('notCopied')}</span> : <Freshness source="ERP" at={at} />;
}
