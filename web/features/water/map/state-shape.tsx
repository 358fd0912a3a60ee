import type { PointStateName } from '../point-state.ts';
import classes from './map.module.css';

const paths: Readonly<Record<PointStateName, string>> = {
  upToDate: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z',
  silent: 'M8 1.6 15 14H1z',
  error: 'M8 .8 15.2 8 8 15.2.8 8z',
  never: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z',
  maintenance: 'M2.8 2.8h10.4v10.4H2.8z',
  inactive: 'M4 6.6h8v2.8H4z',
};

/** The state of a point as a shape of its own, so that its colour says nothing alone. */
export function StateShape({ state, size = 16 }: { readonly state: PointStateName; readonly size?: number }) {
  return (
    <svg className={classes.shape} data-state={state} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path d={paths[state]} />
    </svg>
  );
}
