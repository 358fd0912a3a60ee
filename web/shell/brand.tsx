import classes from './brand.module.css';

/** The name and its mark: three lines of water in their bed. */
export function Brand({ isNarrow = false }: { readonly isNarrow?: boolean }) {
  return (
    <span className={classes.brand}>
      <svg viewBox="0 0 22 18" className={classes.mark} aria-hidden="true">
        <path d="M1 3c3.4 0 3.4 2.6 6.7 2.6S11 3 14.3 3 17.6 5.6 21 5.6" />
        <path d="M1 8.2c3.4 0 3.4 2.6 6.7 2.6s3.3-2.6 6.6-2.6 3.3 2.6 6.7 2.6" />
        <path d="M1 13.4c3.4 0 3.4 2.6 6.7 2.6s3.3-2.6 6.6-2.6 3.3 2.6 6.7 2.6" />
      </svg>
      {isNarrow ? null : <span>Cauce</span>}
    </span>
  );
}
