'use client';
import { useTranslations } from 'next-intl';
import type { SubmissionOutcome } from '../../../graphql/generated/graphql.ts';
import { StateTag, type StateTone } from '../../../ui/state-tag.tsx';
import classes from './compliance.module.css';

const tones: Readonly<Record<SubmissionOutcome, StateTone>> = {
  ACCEPTED: 'ok',
  DUPLICATE_WITH_VOUCHER: 'ok',
  ACCEPTED_WITHOUT_VOUCHER: 'fault',
  DUPLICATE_WITHOUT_VOUCHER: 'fault',
  REJECTED: 'fault',
  UNRECOVERABLE: 'fault',
  LOST_ANSWER: 'attention',
  NOT_SENT: 'neutral',
  SHADOWED: 'neutral',
};

/** Each call to the regulator, first to last, with what came of it. */
export function AttemptList({
  attempts,
  timeOf,
}: {
  /** Writes an instant as the regulator counts. */
  readonly timeOf: (instant: string) => string;
  readonly attempts: readonly {
    readonly number: number;
    readonly outcome: SubmissionOutcome | null;
    readonly httpStatus: number | null;
    readonly error: string | null;
    readonly startedAt: string;
  }[];
}) {
  const t = useTranslations('water.compliancePage');
  return (
    <section className={classes.attempts} aria-label={t('attempts')}>
      <h3>{t('attempts')}</h3>
      {attempts.length === 0 ? <p className={classes.note}>{t('noAttempts')}</p> : null}
      <ol>
        {attempts.map(({ number, outcome, httpStatus, error, startedAt }) => (
          <li key={number}>
            <span className={classes.slotHead}>
              <span>{timeOf(startedAt)}</span>
              <StateTag tone={outcome === null ? 'attention' : tones[outcome]}>
                {outcome === null ? t('underWay') : t(`outcomes.${outcome}`)}
              </StateTag>
            </span>
            <small>
              {[httpStatus === null ? null : `HTTP ${httpStatus}`, error].filter((fact) => fact !== null).join(' · ')}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
