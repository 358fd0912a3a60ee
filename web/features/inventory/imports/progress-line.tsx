import classes from './imports.module.css';

/** A bar that fills; or, where nobody knows how much there is, one that moves. */
export function ProgressLine({ label, share }: { readonly label: string; readonly share: number | null }) {
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
      className={classes.progress}
      data-unknown={percent === null}
    >
      <span style={percent === null ? undefined : { inlineSize: `${percent}%` }} />
    </div>
  );
}
