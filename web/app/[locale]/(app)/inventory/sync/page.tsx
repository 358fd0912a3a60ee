import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LazySyncPage } from '../../../../../shell/lazy-pages.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('inventory.erp');
  return { title: t('title') };
}

export default function Page() {
  return <LazySyncPage />;
}
