import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LazyProductPage } from '../../../../../../shell/lazy-pages.tsx';

interface ProductPageProps {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: `${t('inventory.products.product')} · ${t('pages.inventory')}` };
}

export default async function Page({ params }: ProductPageProps) {
  return <LazyProductPage id={decodeURIComponent((await params).id)} />;
}
