'use client';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { AlertRaisedDocument, SiteAlertFragmentDoc, SiteAlertsDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import { LiveNote } from '../../../shell/live-note.tsx';
import type { ScopeSite } from '../../../shell/scope.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { useCoalesced } from '../../../ui/use-coalesced.ts';
import classes from '../water.module.css';
import { AlertList } from './alert-list.tsx';

const statuses = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'] as const;
const pageSize = 50;
/** The most that the graph gives at once. */
const mostAtOnce = 200;

/** The alerts of a site in one state, newest first, live; who may, says that one was seen. */
export function AlertInbox({ site }: { readonly site: ScopeSite }) {
  const t = useTranslations('water.inbox');
  const { language } = useFormat();
  const [status, setStatus] = useQueryState('alerts', parseAsStringLiteral(statuses).withDefault('OPEN'));
  const [first, setFirst] = useState(pageSize);
  const { data, isLoading, failed, retry } = useGraph(
    SiteAlertsDocument,
    useMemo(
      () => ({ filter: { siteIds: [site.id], statuses: [status] }, first, language }),
      [site.id, status, first, language],
    ),
  );
  const askAgain = useCoalesced(retry, 1_000);
  useLive(
    AlertRaisedDocument,
    useMemo(() => ({ siteIds: [site.id] }), [site.id]),
    { onEvent: askAgain },
  );
  const alerts = data?.alerts.edges.map(({ node }) => readFragment(SiteAlertFragmentDoc, node)) ?? [];
  const hasMore = data?.alerts.pageInfo.hasNextPage === true && first < mostAtOnce;
  return (
    <Panel title={t('title')} aside={<LiveNote />}>
      <fieldset className={`${classes.variables} ${classes.filter}`} aria-label={t('filter')}>
        {statuses.map((one) => (
          <button key={one} type="button" aria-pressed={one === status} onClick={() => void setStatus(one)}>
            {t(`statuses.${one}`)}
          </button>
        ))}
      </fieldset>
      {isLoading ? (
        <SkeletonRows count={6} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : alerts.length === 0 ? (
        <EmptyState title={t(`empty.${status}`)} hint={t('empty.hint')} />
      ) : (
        <AlertList alerts={alerts} onChanged={retry} />
      )}
      {hasMore ? <Button onClick={() => setFirst(Math.min(mostAtOnce, first * 2))}>{t('more')}</Button> : null}
    </Panel>
  );
}
