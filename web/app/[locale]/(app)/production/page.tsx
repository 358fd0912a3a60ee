import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LazyProductionPage } from '../../../../shell/lazy-pages.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pages');
  return { title: t('production') };
}

export default function Page() {
  return <LazyProductionPage />;
}
