import type { ReactNode } from 'react';
import classes from './panel.module.css';

export interface PanelProps {
  readonly title: string;
  /** Where the numbers come from and how old they are; or a few words. */
  readonly aside?: ReactNode;
  /** Small controls beside the title. */
  readonly actions?: ReactNode;
  /** `flush` lets a table reach the edges. */
  readonly inset?: 'normal' | 'flush';
  readonly children: ReactNode;
}

/** A titled region of a page: a landmark with a hairline round it. */
export function Panel({ title, aside, actions, inset = 'normal', children }: PanelProps) {
  return (
    <section className={classes.panel} aria-label={title}>
      <header className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <div className={classes.aside}>
          {aside}
          {actions}
        </div>
      </header>
      <div className={classes.body} data-inset={inset}>
        {children}
      </div>
    </section>
  );
}

/** Panels in two columns, the first wider; one column where there is no room. */
export function PanelGrid({ children }: { readonly children: ReactNode }) {
  return <div className={classes.grid}>{children}</div>;
}

/** A panel, or several, over the whole width of the grid. */
export function PanelWide({ children }: { readonly children: ReactNode }) {
  return <div className={classes.wide}>{children}</div>;
}
