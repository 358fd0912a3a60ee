'use client';
import { useTranslations } from 'next-intl';
import { use } from 'react';
import type { SiteAlertFragment } from '../../../graphql/generated/graphql.ts';
import { Link } from '../../../i18n/navigation.ts';
import { Button } from '../../../ui/button.tsx';
import { capitalised } from '../../../ui/format/capitalised.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { ZoneContext } from '../../../ui/format/zone.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { usePointHref } from '../use-point-href.ts';
import classes from '../water.module.css';
import { causeOf } from './alert-cause.ts';
import { SeverityTag } from './severity-tag.tsx';

/** One alert: what, why, where, since when, what was said about it, and the way to its cause. */
export function InboxAlert({
  alert,
  hasPoint = true,
  onAcknowledge,
}: {
  readonly alert: SiteAlertFragment;
  /** Left out where all are of one point. */
  readonly hasPoint?: boolean;
  /** Left out for who may only look. */
  readonly onAcknowledge?: (id: string) => void;
}) {
  const t = useTranslations('water.inbox');
  const format = useFormat();
  const zone = use(ZoneContext) ?? 'UTC';
  const hrefOf = usePointHref();
  const now = useNow() ?? Date.now();
  const { acknowledgedAt, acknowledgedBy, resolvedAt, point, site } = alert;
  const ageMs = now - Date.parse(alert.raisedAt);
  const facts = [
    hasPoint ? point?.name : null,
    t('since', { at: format.instant(alert.raisedAt), age: format.age(ageMs) }),
    resolvedAt === null ? null : t('resolved', { at: format.instant(resolvedAt) }),
  ].filter((fact) => fact != null);
  return (
    <li>
      <span className={classes.alertHead}>
        <strong>{capitalised(alert.title)}</strong>
        <SeverityTag severity={alert.severity} />
      </span>
      <p className={classes.explanation}>{alert.explanation}</p>
      <span className={classes.muted}>{facts.join(' · ')}</span>
      {acknowledgedAt === null ? null : (
        <span className={classes.muted}>
          {t('seen', { by: acknowledgedBy?.name ?? t('somebody'), at: format.instant(acknowledgedAt) })}
          {alert.acknowledgement === null ? null : `: ${alert.acknowledgement}`}
        </span>
      )}
      <span className={classes.alertActs}>
        {point === null ? null : (
          <Link
            href={hrefOf({ code: point.code, siteId: site.id }, causeOf(alert, zone, now))}
            className={classes.open}
            aria-label={t('causeOf', { alert: alert.title, point: point.name })}
          >
            {t('cause')} →
          </Link>
        )}
        {alert.status === 'OPEN' && onAcknowledge !== undefined ? (
          <Button size="small" onClick={() => onAcknowledge(alert.id)}>
            {t('acknowledge')}
          </Button>
        ) : null}
      </span>
    </li>
  );
}
