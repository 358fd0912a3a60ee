import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LazyPointPage } from '../../../../../shell/lazy-pages.tsx';

interface PointPageProps {
  readonly params: Promise<{ point: string }>;
}

export async function generateMetadata({ params }: PointPageProps): Promise<Metadata> {
  const t = await getTranslations('pages');
  return { title: `${decodeURIComponent((await params).point)} · ${t('water')}` };
}

export default async function Page({ params }: PointPageProps) {
  return <LazyPointPage code={decodeURIComponent((await params).point)} />;
}
