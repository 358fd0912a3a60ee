'use client';
import { useTranslations } from 'next-intl';
import { Button } from './button.tsx';
import { useFormat } from './format/use-format.ts';
import classes from './progress.module.css';

export interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** Null while nobody knows how much there is. */
  readonly total: number | null;
  /** What is counted, in the plural: `filas`. */
  readonly unit: string;
  readonly ratePerSecond?: number;
  readonly onCancel?: () => void;
}

/** Long work: how far, how fast, how long still, and a way out. */
export function Progress({ label, done, total, unit, ratePerSecond, onCancel }: ProgressProps) {
  const t = useTranslations('progress');
  const format = useFormat();
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  const leftSeconds = total === null || !ratePerSecond ? null : Math.ceil((total - done) / ratePerSecond);
  return (
    <div className={classes.work}>
      <div className={classes.line}>
        <span>{label}</span>
        <span className={classes.count}>
          {total === null
            ? t('counted', { done: format.number(done), unit })
            : t('ofTotal', { done: format.number(done), total: format.number(total), unit })}
        </span>
      </div>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
      >
        <span className={classes.bar} data-unknown={share === null} style={{ width: `${(share ?? 0.3) * 100}%` }} />
      </div>
      <div className={classes.line}>
        <span className={classes.count}>
          {ratePerSecond === undefined ? null : t('rate', { rate: format.number(ratePerSecond), unit })}
          {leftSeconds === null ? null : ` · ${t('left', { seconds: format.number(leftSeconds) })}`}
        </span>
        {onCancel === undefined ? null : (
          <Button size="small" look="quiet" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </div>
  );
}
