import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LazyEditPointPage } from '../../../../../../shell/lazy-pages.tsx';

interface EditPageProps {
  readonly params: Promise<{ point: string }>;
}

export async function generateMetadata({ params }: EditPageProps): Promise<Metadata> {
  const t = await getTranslations('water.edit');
  return { title: `${decodeURIComponent((await params).point)} · ${t('title')}` };
}

export default async function Page({ params }: EditPageProps) {
  return <LazyEditPointPage code={decodeURIComponent((await params).point)} />;
}
