import { useTranslations } from 'next-intl';
import { Link } from '../../i18n/navigation.ts';

export default function NotFound() {
  const t = useTranslations('notFound');
  return (
    <main style={{ display: 'grid', placeContent: 'center', minHeight: '100dvh', gap: 8, textAlign: 'center' }}>
      <h1>{t('title')}</h1>
      <p>
        <Link href="/">{t('home')}</Link>
      </p>
    </main>
  );
}
