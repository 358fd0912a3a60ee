'use client';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { Link, usePathname } from '../i18n/navigation.ts';
import classes from './header.module.css';

/** The same page in the other language. */
export function LanguageSwitch() {
  const t = useTranslations('language');
  const locale = useLocale();
  const path = usePathname();
  const query = Object.fromEntries(useSearchParams());
  const other = locale === 'es' ? 'en' : 'es';
  return (
    <Link
      href={{ pathname: path, query }}
      locale={other}
      className={classes.language}
      hrefLang={other}
      aria-label={`${locale.toUpperCase()} · ${t(`to.${other}`)}`}
      lang={other}
    >
      {locale.toUpperCase()}
    </Link>
  );
}
