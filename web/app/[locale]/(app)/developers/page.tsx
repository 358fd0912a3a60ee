import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LazyDevelopersPage } from '../../../../shell/lazy-pages.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pages');
  return { title: t('developers') };
}

export default function Page() {
  return <LazyDevelopersPage />;
}
