'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link, usePathname } from '../i18n/navigation.ts';
import { Brand } from './brand.tsx';
import classes from './navigation.module.css';
import { pages } from './pages.ts';
import { useScopeQuery } from './use-scope-query.ts';
import { UserMenu } from './user-menu.tsx';
import { useCan } from './viewer.tsx';

/** The pages the viewer may open; each link keeps the company, the site and the period. */
export function Navigation({
  onLeave,
  isNarrow = false,
  top,
}: {
  readonly onLeave?: () => void;
  readonly isNarrow?: boolean;
  /** Between the name and the pages: on a phone, the choice of company. */
  readonly top?: ReactNode;
}) {
  const t = useTranslations('pages');
  const can = useCan();
  const path = usePathname();
  const query = useScopeQuery();
  const allowed = pages.filter(({ permission }) => permission === null || can(permission));
  return (
    <div className={classes.column} data-narrow={isNarrow}>
      <Link href={{ pathname: '/', query }} className={classes.home} aria-label={t('home')} onClick={() => onLeave?.()}>
        <Brand isNarrow={isNarrow} />
      </Link>
      {top}
      <nav aria-label={t('navigation')} className={classes.links}>
        {allowed.map(({ id, href, icon: Icon }) => {
          const isCurrent = href === '/' ? path === '/' : path.startsWith(href);
          return (
            <Link
              key={id}
              href={{ pathname: href, query }}
              className={classes.link}
              title={isNarrow ? t(id) : undefined}
              onClick={() => onLeave?.()}
              {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
            >
              <Icon size={18} stroke={1.6} aria-hidden="true" />
              <span className={classes.text}>{t(id)}</span>
            </Link>
          );
        })}
      </nav>
      <UserMenu isNarrow={isNarrow} />
    </div>
  );
}
