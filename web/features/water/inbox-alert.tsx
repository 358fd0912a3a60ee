'use client';
import { useTranslations } from 'next-intl';
import type { SiteAlertFragment } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import { SeverityTag } from './severity-tag.tsx';
import classes from './water.module.css';

/** One alert: what, why, where, since when, and what was said about it. */
export function InboxAlert({
  alert,
  onAcknowledge,
}: {
  readonly alert: SiteAlertFragment;
  /** Left out for who may only look. */
  readonly onAcknowledge?: (id: string) => void;
}) {
  const t = useTranslations('water.inbox');
  const format = useFormat();
  const now = useNow() ?? Date.now();
  const { acknowledgedAt, acknowledgedBy, resolvedAt } = alert;
  const ageMs = now - Date.parse(alert.raisedAt);
  const facts = [
    alert.point?.name,
    t('since', { at: format.instant(alert.raisedAt), age: format.age(ageMs) }),
    resolvedAt === null ? null : t('resolved', { at: format.instant(resolvedAt) }),
  ].filter((fact) => fact != null);
  return (
    <li>
      <span className={classes.alertHead}>
        <strong>{alert.title}</strong>
        <SeverityTag severity={alert.severity} />
      </span>
      <p className={classes.explanation}>{alert.explanation}</p>
      <span className={classes.alertHead}>
        <span className={classes.muted}>{facts.join(' · ')}</span>
        {alert.status === 'OPEN' && onAcknowledge !== undefined ? (
          <Button size="small" onClick={() => onAcknowledge(alert.id)}>
            {t('acknowledge')}
          </Button>
        ) : null}
      </span>
      {acknowledgedAt === null ? null : (
        <span className={classes.muted}>
          {t('seen', { by: acknowledgedBy?.name ?? '–', at: format.instant(acknowledgedAt) })}
          {alert.acknowledgement === null ? null : `: ${alert.acknowledgement}`}
        </span>
      )}
    </li>
  );
}
