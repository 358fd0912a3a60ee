import type { ReactNode } from 'react';
import classes from './page.module.css';

/** The frame of a page's content: its title, one line about it, and what follows. */
export function Page({
  title,
  subtitle,
  actions,
  above,
  children,
}: {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** The way back, above the title. */
  readonly above?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.titles}>
          {above}
          <h1 className={classes.title}>{title}</h1>
          {subtitle === undefined ? null : <p className={classes.subtitle}>{subtitle}</p>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  );
}
