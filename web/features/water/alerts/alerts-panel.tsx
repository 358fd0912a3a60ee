'use client';
import { useTranslations } from 'next-intl';
import type { Failure } from '../../../graphql/failures.ts';
import { type FragmentType, readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { SiteAlertFragmentDoc } from '../../../graphql/generated/graphql.ts';
import { Link } from '../../../i18n/navigation.ts';
import { useScopeQuery } from '../../../shell/use-scope-query.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import classes from '../water.module.css';
import { byUrgency } from './alert-cause.ts';
import { AlertList } from './alert-list.tsx';

/** As many as are read at one look; the others are a press away. */
const shownAtOnce = 3;

/** What is wrong at a site or a point now: first what nobody has looked at, of that the worst. */
export function AlertsPanel({
  alerts,
  siteId,
  isOfPoint = false,
  failure,
  onRetry,
}: {
  readonly alerts: readonly FragmentType<typeof SiteAlertFragmentDoc>[];
  readonly siteId: string;
  /** All are of one point, which the page names already. */
  readonly isOfPoint?: boolean;
  readonly failure: Failure | null;
  readonly onRetry: () => void;
}) {
  const t = useTranslations('water.alerts');
  const scope = useScopeQuery();
  const told = byUrgency(alerts.map((alert) => readFragment(SiteAlertFragmentDoc, alert)));
  return (
    <Panel
      title={t('title')}
      aside={
        <Link href={{ pathname: '/water', query: { ...scope, site: siteId, view: 'alerts' } }} className={classes.open}>
          {told.length > shownAtOnce ? t('all', { count: told.length }) : t('inbox')} →
        </Link>
      }
    >
      {failure !== null ? (
        <ErrorState failure={failure} what={t('title')} onRetry={onRetry} />
      ) : told.length === 0 && isOfPoint ? (
        <p className={classes.muted}>{t('empty.title')}.</p>
      ) : told.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <AlertList alerts={told.slice(0, shownAtOnce)} hasPoint={!isOfPoint} onChanged={onRetry} />
      )}
    </Panel>
  );
}
