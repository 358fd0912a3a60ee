import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LazyForecastsPage } from '../../../../../shell/lazy-pages.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('inventory.forecasts');
  return { title: t('title') };
}

export default function Page() {
  return <LazyForecastsPage />;
}
