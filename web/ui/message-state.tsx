import type { ReactNode } from 'react';
import classes from './message-state.module.css';

export interface MessageStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** `alert` is read out at once. */
  readonly role?: 'status' | 'alert';
  readonly tone?: 'plain' | 'attention' | 'fault';
}

/** What stands where data would be: a mark, a sentence, what follows from it, and what to do. */
export function MessageState({ icon, title, children, actions, role = 'status', tone = 'plain' }: MessageStateProps) {
  return (
    <div className={classes.state} role={role} data-tone={tone}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <p className={classes.title}>{title}</p>
      {children === undefined ? null : <div className={classes.text}>{children}</div>}
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
