import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LazyFinancePage } from '../../../../shell/lazy-pages.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pages');
  return { title: t('finance') };
}

export default function Page() {
  return <LazyFinancePage />;
}
