'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../graphql/failures.ts';
import { OverviewDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { type Scope, type ScopeSite, useScope } from '../../shell/scope.ts';
import { useCan } from '../../shell/viewer.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ZoneProvider } from '../../ui/format/zone.tsx';
import { NoPermission } from '../../ui/no-permission.tsx';
import { Page } from '../../ui/page.tsx';
import { PanelGrid } from '../../ui/panel.tsx';
import { ProductionPanel } from '../production/production-panel.tsx';
import { CatchmentPanel } from './catchment-panel.tsx';
import { Headline } from './headline.tsx';
import { LowStockPanel } from './low-stock-panel.tsx';
import { OverviewSubtitle } from './overview-subtitle.tsx';
import { SalesPanel } from './sales-panel.tsx';
import { siteDomains } from './site-domains.ts';

/** One site over everything that is known about it: one query to the graph, and what changes arrives by itself. */
export function OverviewPage() {
  const t = useTranslations('overview');
  const scope = useScope();
  if (scope.site === null) {
    return (
      <Page title={scope.company?.name ?? t('title')}>
        <EmptyState title={t('noSite.title')} hint={t('noSite.hint')} />
      </Page>
    );
  }
  return (
    <ZoneProvider timeZone={scope.site.timeZone}>
      <SiteOverview scope={scope} site={scope.site} />
    </ZoneProvider>
  );
}

function SiteOverview({ scope, site }: { readonly scope: Scope; readonly site: ScopeSite }) {
  const can = useCan();
  const { allowed, own } = useMemo(() => siteDomains(site.kind, can), [site.kind, can]);
  const { range, comparison } = scope;
  const variables = useMemo(
    () => ({
      site: site.id,
      range,
      previous: comparison.range,
      production: allowed.has('production'),
      inventory: allowed.has('inventory'),
      clinics: allowed.has('clinics'),
      telemetry: allowed.has('telemetry'),
      finance: allowed.has('finance'),
    }),
    [site.id, range, comparison, allowed],
  );
  const answer = useGraph(OverviewDocument, variables, { pause: allowed.size === 0 });
  const known = answer.data?.site ?? null;
  const failureOf = (field: string) => failureAt(answer.failures, `site.${field}`);

  if (allowed.size === 0) {
    return (
      <Page title={site.name}>
        <NoPermission what={site.name} />
      </Page>
    );
  }
  if (answer.failed !== null || (answer.data !== undefined && known === null)) {
    const failure = answer.failed ?? { code: 'NOT_FOUND', requestId: null, path: 'site' };
    return (
      <Page title={site.name}>
        <ErrorState failure={failure} what={site.name} onRetry={answer.retry} />
      </Page>
    );
  }
  const points = known?.catchmentPoints ?? [];
  const metrics = known?.dailyMetrics ?? [];
  return (
    <Page
      title={site.name}
      subtitle={
        <OverviewSubtitle
          companyName={scope.company?.name ?? ''}
          timeZone={site.timeZone}
          points={points}
          answeredAtMs={answer.answeredAtMs}
        />
      }
    >
      <Headline site={known} siteId={site.id} own={own} scope={scope} failureOf={failureOf} onRetry={answer.retry} />
      <PanelGrid>
        {own.has('production') ? <ProductionPanel siteId={site.id} range={range} /> : null}
        {own.has('telemetry') || points.length > 0 ? (
          <CatchmentPanel
            points={points}
            isLoading={known === null}
            failure={failureOf('catchmentPoints')}
            onRetry={answer.retry}
          />
        ) : null}
        {own.has('finance') || metrics.length > 0 ? (
          <SalesPanel
            values={metrics}
            isLoading={known === null}
            failure={failureOf('dailyMetrics')}
            currency={scope.company?.currency ?? 'USD'}
            onRetry={answer.retry}
          />
        ) : null}
        {own.has('inventory') ? <LowStockPanel siteId={site.id} /> : null}
      </PanelGrid>
    </Page>
  );
}
