import classes from './live-dot.module.css';

export type LiveTone = 'waiting' | 'connected' | 'reconnecting' | 'paused';

/** The state of the live connection as a shape: a full dot, a ring, two bars. The word stands beside it. */
export function LiveDot({ state }: { readonly state: LiveTone }) {
  return <span className={classes.dot} data-state={state} aria-hidden="true" />;
}
