import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LazyReplenishmentPage } from '../../../../../shell/lazy-pages.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: `${t('inventory.sections.replenishment')} · ${t('pages.inventory')}` };
}

export default function Page() {
  return <LazyReplenishmentPage />;
}
