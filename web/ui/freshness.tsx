'use client';
import { useTranslations } from 'next-intl';
import { useFormat } from './format/use-format.ts';
import classes from './freshness.module.css';
import { useNow } from './use-now.ts';

export interface FreshnessProps {
  /** The system the number comes from, in the words people use for it. */
  readonly source: string;
  /** When it was measured or last brought over. */
  readonly at: string | number | null | undefined;
  /** How old it may be before somebody should look, in milliseconds. */
  readonly scheduleMs?: number;
}

/** Where a number comes from and how old it is; says so, and not only by colour, when it is older than its schedule. */
export function Freshness({ source, at, scheduleMs }: FreshnessProps) {
  const t = useTranslations('freshness');
  const format = useFormat();
  const now = useNow();
  if (at === null || at === undefined || now === null) return <span className={classes.fresh}>{source}</span>;
  const instant = new Date(at);
  const ageMs = now - instant.getTime();
  const isLate = scheduleMs !== undefined && ageMs > scheduleMs;
  return (
    <span className={classes.fresh} data-late={isLate}>
      {isLate ? <span className={classes.mark}>{t('late')}</span> : null}
      {source} ·{' '}
      <time dateTime={instant.toISOString()} title={format.instant(instant)}>
        {format.age(ageMs)}
      </time>
    </span>
  );
}
