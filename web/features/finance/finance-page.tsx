'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { DailyMetricsChangedDocument, FinanceBooksDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { useLive } from '../../graphql/use-live.ts';
import { type Scope, useScope } from '../../shell/scope.ts';
import { useCan } from '../../shell/viewer.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ZoneProvider } from '../../ui/format/zone.tsx';
import { NoPermission } from '../../ui/no-permission.tsx';
import { Page } from '../../ui/page.tsx';
import { PanelGrid } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useCoalesced } from '../../ui/use-coalesced.ts';
import { BooksHeadline } from './books-headline.tsx';
import { DashboardHeadline } from './dashboard-headline.tsx';
import { RevenuePanel } from './revenue-panel.tsx';
import { SourcesPanel } from './sources-panel.tsx';
import { useFinanceSeries } from './use-finance-series.ts';

const AccountsPanel = dynamic(() => import('./accounts-panel.tsx').then((module) => module.AccountsPanel), {
  ssr: false,
  loading: () => <SkeletonRows count={10} />,
});

/** The money of a company: the viewer's tabs of headline numbers, sales over time, and the books account by account. */
export function FinancePage() {
  const t = useTranslations('finance');
  const pages = useTranslations('pages');
  const can = useCan();
  const scope = useScope();
  const { company } = scope;
  const title = pages('finance');
  if (!can('finance:read')) {
    return (
      <Page title={title}>
        <NoPermission what={title} />
      </Page>
    );
  }
  if (company === null) {
    return (
      <Page title={title}>
        <EmptyState title={t('noCompany.title')} hint={t('noCompany.hint')} />
      </Page>
    );
  }
  const content = <CompanyFinance key={company.id} scope={scope} company={company} />;
  return (
    <Page title={title} subtitle={`${company.name} · ${t('about')}`}>
      {scope.site === null ? content : <ZoneProvider timeZone={scope.site.timeZone}>{content}</ZoneProvider>}
    </Page>
  );
}

function CompanyFinance({
  scope,
  company,
}: {
  readonly scope: Scope;
  readonly company: NonNullable<Scope['company']>;
}) {
  const { range, comparison } = scope;
  const books = useGraph(
    FinanceBooksDocument,
    useMemo(() => ({ company: company.id, range, previous: comparison.range }), [company.id, range, comparison]),
  );
  const series = useFinanceSeries(scope, company.id);
  // A load writes many days of many metrics: the sums are asked for once in a while, not once for each.
  const askAgain = useCoalesced(series.retry, 2_000);
  useLive(
    DailyMetricsChangedDocument,
    useMemo(() => ({ companyIds: [company.id] }), [company.id]),
    { onEvent: askAgain },
  );
  return (
    <>
      <DashboardHeadline companyId={company.id} />
      <PanelGrid>
        <RevenuePanel series={series} scope={scope} company={company} />
        <SourcesPanel companyId={company.id} />
      </PanelGrid>
      <BooksHeadline books={books} scope={scope} currency={company.currency} />
      <AccountsPanel books={books} scope={scope} company={company} />
    </>
  );
}
