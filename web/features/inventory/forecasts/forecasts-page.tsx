'use client';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useState } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  ForecastRunFactsFragmentDoc,
  ForecastRunProgressDocument,
  type ForecastRunProgressSubscription,
  ForecastRunsDocument,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { NoPermission } from '../../../ui/no-permission.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows, SkeletonStats } from '../../../ui/skeleton.tsx';
import { InventoryFrame } from '../inventory-frame.tsx';
import { ChosenMethods } from './chosen-methods.tsx';
import { CompanyPast } from './company-past.tsx';
import classes from './forecasts.module.css';
import { ForecastsHeadline } from './forecasts-headline.tsx';
import { RunHistory } from './run-history.tsx';
import { RunNow } from './run-now.tsx';
import { isOpen } from './run-pace.ts';
import { RunSheet } from './run-sheet.tsx';

/** How the forecasts of a company come to be: the run that works, what the last one left, and those before. */
export function ForecastsPage() {
  const t = useTranslations('inventory.forecasts');
  const can = useCan();
  return (
    <InventoryFrame>
      {({ company }) =>
        company === null ? (
          <EmptyState title={t('noCompany.title')} hint={t('noCompany.hint')} />
        ) : can('predictions:read') ? (
          <CompanyForecasts key={company.id} companyId={company.id} currency={company.currency} />
        ) : (
          <NoPermission what={t('title')} />
        )
      }
    </InventoryFrame>
  );
}

function CompanyForecasts({ companyId, currency }: { readonly companyId: string; readonly currency: string }) {
  const t = useTranslations('inventory.forecasts');
  const [openedId, setOpenedId] = useState<string | null>(null);
  const variables = useMemo(() => ({ companyId }), [companyId]);
  const answer = useGraph(ForecastRunsDocument, variables);
  const runs = useMemo(
    () => answer.data?.forecastRuns.map((run) => readFragment(ForecastRunFactsFragmentDoc, run)),
    [answer.data],
  );
  const { retry } = answer;
  const onEvent = useCallback(
    ({ forecastRunProgress }: ForecastRunProgressSubscription) => {
      const { id } = readFragment(ForecastRunFactsFragmentDoc, forecastRunProgress);
      // One that began by itself is not in the list yet; those that are change where they stand.
      if (runs !== undefined && !runs.some((run) => run.id === id)) retry();
    },
    [runs, retry],
  );
  useLive(ForecastRunProgressDocument, variables, { onEvent });
  const failure = answer.failed ?? failureAt(answer.failures, 'forecastRuns');
  if (failure !== null) {
    return (
      <Panel title={t('title')}>
        <ErrorState failure={failure} what={t('what')} onRetry={retry} />
      </Panel>
    );
  }
  if (runs === undefined) {
    return (
      <div className={classes.page}>
        <SkeletonStats count={4} />
        <Panel title={t('history')}>
          <SkeletonRows count={6} />
        </Panel>
      </div>
    );
  }
  const open = runs.find(isOpen) ?? null;
  const last = runs.find(({ status }) => status === 'COMPLETED') ?? null;
  const opened = runs.find(({ id }) => id === openedId) ?? null;
  return (
    <div className={classes.page}>
      <RunNow companyId={companyId} open={open} latest={runs[0] ?? null} onStarted={retry} />
      {last === null ? null : <ForecastsHeadline run={last} />}
      {last === null || last.chosen.length === 0 ? null : (
        <Panel title={t('methods.title')}>
          <ChosenMethods chosen={last.chosen} />
        </Panel>
      )}
      <CompanyPast companyId={companyId} currency={currency} />
      <RunHistory runs={runs.filter((run) => !isOpen(run))} onOpen={setOpenedId} />
      {opened === null ? null : <RunSheet run={opened} onClose={() => setOpenedId(null)} />}
    </div>
  );
}
