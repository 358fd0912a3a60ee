import classes from './budget.module.css';
import shared from './point.module.css';

/** A part of what is granted as a bar, where one stands in time, and what follows, in words. */
export function Budget({
  label,
  used,
  granted,
  text,
  mark,
  verdict,
}: {
  readonly label: string;
  readonly used: number;
  readonly granted: number;
  readonly text: string;
  readonly mark?: { readonly share: number; readonly label: string };
  readonly verdict: { readonly text: string; readonly isGood: boolean };
}) {
  const share = Math.min(1, Math.max(0, used / granted));
  return (
    <div className={classes.budget}>
      <span className={classes.budgetHead}>
        <strong>{label}</strong>
        <span className={shared.quiet}>{text}</span>
      </span>
      <span className={classes.bar} aria-hidden="true">
        <span data-over={!verdict.isGood} style={{ width: `${share * 100}%` }} />
        {mark === undefined ? null : <i style={{ left: `${mark.share * 100}%` }} />}
      </span>
      <span className={classes.budgetFoot}>
        <span data-good={verdict.isGood}>{verdict.text}</span>
        {mark === undefined ? null : <span className={shared.quiet}>{mark.label}</span>}
      </span>
    </div>
  );
}
