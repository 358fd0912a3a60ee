import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Brand } from '../../shell/brand.tsx';
import { LanguageSwitch } from '../../shell/language-switch.tsx';
import classes from './sign-in.module.css';

/** The door: what this is, and the form. */
export function SignInPage({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('signIn');
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Brand />
        <LanguageSwitch />
      </header>
      <main className={classes.card}>
        <h1 className={classes.title}>{t('title')}</h1>
        <p className={classes.about}>{t('about')}</p>
        {children}
      </main>
      <svg className={classes.water} viewBox="0 0 1440 320" preserveAspectRatio="none" aria-hidden="true">
        {[0, 1, 2, 3, 4, 5, 6].map((line) => (
          <path
            key={line}
            d={`M0 ${60 + line * 38}C240 ${20 + line * 38} 420 ${110 + line * 36} 720 ${80 + line * 38}S1200 ${20 + line * 40} 1440 ${70 + line * 38}`}
            opacity={0.55 - line * 0.065}
          />
        ))}
      </svg>
    </div>
  );
}
