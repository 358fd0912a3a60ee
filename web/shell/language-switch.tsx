'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import classes from './header.module.css';

/** The same page in the other language. A plain link: the words of a language come with its own document. */
export function LanguageSwitch() {
  const t = useTranslations('language');
  const locale = useLocale();
  const path = usePathname();
  const query = useSearchParams().toString();
  const other = locale === 'es' ? 'en' : 'es';
  const href = `${path.replace(/^\/(es|en)(?=\/|$)/, `/${other}`)}${query === '' ? '' : `?${query}`}`;
  return (
    <a
      href={href}
      className={classes.language}
      hrefLang={other}
      lang={other}
      aria-label={`${locale.toUpperCase()} · ${t(`to.${other}`)}`}
    >
      {locale.toUpperCase()}
    </a>
  );
}
