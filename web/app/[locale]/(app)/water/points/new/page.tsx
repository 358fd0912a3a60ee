import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LazyNewPointPage } from '../../../../../../shell/lazy-pages.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('water.edit');
  return { title: t('newTitle') };
}

export default function Page() {
  return <LazyNewPointPage />;
}
