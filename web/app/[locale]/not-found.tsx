import { useLocale, useTranslations } from 'next-intl';

/** An address that leads nowhere. A plain link: it starts the app anew, and costs every other page no code. */
export default function NotFound() {
  const t = useTranslations('notFound');
  const locale = useLocale();
  return (
    <main style={{ display: 'grid', placeContent: 'center', minHeight: '100dvh', gap: 8, textAlign: 'center' }}>
      <h1>{t('title')}</h1>
      <p>
        <a href={`/${locale}`}>{t('home')}</a>
      </p>
    </main>
  );
}
