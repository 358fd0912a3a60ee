'use client';
import { useTranslations } from 'next-intl';
import type { PointOutlookQuery } from '../../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../../ui/format/use-format.ts';
import { StateTag } from '../../../../ui/state-tag.tsx';
import classes from './outlook.module.css';

type Anomalies = NonNullable<PointOutlookQuery['catchmentPoint']>['anomalies'];

const shownAtMost = 6;

/** What was not as usual in the last weeks, newest first, each in a sentence. */
export function AnomalyList({ anomalies }: { readonly anomalies: Anomalies }) {
  const t = useTranslations('water.point.outlook.unusual');
  const format = useFormat();
  const { state, upTo, items } = anomalies;
  return (
    <section className={classes.section}>
      <h3>{t('title')}</h3>
      {state !== 'READY' ? (
        <p>{t(`states.${state}`)}</p>
      ) : items.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <ul className={classes.anomalies}>
          {items.slice(0, shownAtMost).map(({ kind, from, isOngoing, explanation }) => (
            <li key={`${kind} ${from}`}>
              <StateTag tone={isOngoing ? 'attention' : 'neutral'}>{t(`kinds.${kind}`)}</StateTag>
              <span>{explanation}.</span>
            </li>
          ))}
        </ul>
      )}
      {items.length > shownAtMost ? (
        <p className={classes.quiet}>{t('more', { count: items.length - shownAtMost })}</p>
      ) : null}
      {state === 'READY' && upTo !== null ? (
        <p className={classes.quiet}>{t('upTo', { instant: format.instant(upTo) })}</p>
      ) : null}
    </section>
  );
}
