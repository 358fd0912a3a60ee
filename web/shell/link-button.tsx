'use client';
import type { ReactNode } from 'react';
import { Link } from '../i18n/navigation.ts';
import classes from '../ui/button.module.css';
import { useScopeQuery } from './use-scope-query.ts';

/** A way to another page that looks like a button; the company, the site and the period come along. */
export function LinkButton({
  href,
  query,
  look = 'plain',
  size = 'normal',
  children,
}: {
  readonly href: string;
  /** What the other page is told beside them. */
  readonly query?: Readonly<Record<string, string>>;
  readonly look?: 'primary' | 'plain' | 'quiet';
  readonly size?: 'normal' | 'small';
  readonly children: ReactNode;
}) {
  const scope = useScopeQuery();
  return (
    <Link
      className={classes.button}
      data-look={look}
      data-size={size}
      href={{ pathname: href, query: { ...scope, ...query } }}
    >
      {children}
    </Link>
  );
}
