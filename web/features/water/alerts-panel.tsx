'use client';
import { useTranslations } from 'next-intl';
import type { Failure } from '../../graphql/failures.ts';
import { type FragmentType, readFragment } from '../../graphql/generated/fragment-masking.ts';
import { WaterAlertFragmentDoc } from '../../graphql/generated/graphql.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { useNow } from '../../ui/use-now.ts';
import { SeverityTag } from './severity-tag.tsx';
import classes from './water.module.css';

/** What is wrong at the points now, newest first as the graph gives it. */
export function AlertsPanel({
  alerts,
  failure,
  onRetry,
}: {
  readonly alerts: readonly FragmentType<typeof WaterAlertFragmentDoc>[];
  readonly failure: Failure | null;
  readonly onRetry: () => void;
}) {
  const t = useTranslations('water.alerts');
  const format = useFormat();
  const now = useNow() ?? Date.now();
  return (
    <Panel title={t('title')}>
      {failure !== null ? (
        <ErrorState failure={failure} what={t('title')} onRetry={onRetry} />
      ) : alerts.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <ul className={classes.alerts}>
          {alerts
            .map((alert) => readFragment(WaterAlertFragmentDoc, alert))
            .map((alert) => (
              <li key={alert.id}>
                <span className={classes.alertHead}>
                  <span>{alert.title}</span>
                  <SeverityTag severity={alert.severity} />
                </span>
                <span className={classes.muted}>
                  {alert.point === null ? null : `${alert.point.name} · `}
                  {format.age(now - Date.parse(alert.raisedAt))}
                </span>
              </li>
            ))}
        </ul>
      )}
    </Panel>
  );
}
