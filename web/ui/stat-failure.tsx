'use client';
import { useTranslations } from 'next-intl';
import classes from './stat.module.css';

/** A headline number that could not be had: it keeps its place and says so. */
export function StatFailure({ label, onRetry }: { readonly label: string; readonly onRetry: () => void }) {
  const t = useTranslations('failure');
  return (
    <div className={classes.stat}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.figure}>
        <span className={classes.value}>–</span>
      </dd>
      <dd className={classes.comparison} data-tone="bad">
        <strong>{t('stat')}</strong>{' '}
        <button type="button" className={classes.retry} onClick={onRetry}>
          {t('retry')}
        </button>
      </dd>
    </div>
  );
}
