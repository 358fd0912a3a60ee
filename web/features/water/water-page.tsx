'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { HasWaterSimulatorDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { DomainPage } from '../../shell/domain-page.tsx';
import type { Scope, ScopeSite } from '../../shell/scope.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { GroupedViews } from '../../ui/grouped-views.tsx';
import { SkeletonPanel } from '../../ui/skeleton.tsx';
import { SitePoints } from './points/site-points.tsx';
import { useWaterNeeds } from './use-water-needs.ts';
import { type WaterView, waterGroups, waterViews } from './water-views.ts';

const noVariables = {};

const loading = () => <SkeletonPanel />;
const AlertInbox = dynamic(() => import('./alerts/alert-inbox.tsx').then((module) => module.AlertInbox), { loading });
const CompliancePanel = dynamic(
  () => import('./compliance/compliance-panel.tsx').then((module) => module.CompliancePanel),
  { loading },
);
const NotificationsPanel = dynamic(
  () => import('./notifications/notifications-panel.tsx').then((module) => module.NotificationsPanel),
  { loading },
);
const LettersPanel = dynamic(() => import('./letters/letters-panel.tsx').then((module) => module.LettersPanel), {
  loading,
});
const MapPanel = dynamic(() => import('./map/map-panel.tsx').then((module) => module.MapPanel), { loading });
const SimulatorPanel = dynamic(
  () => import('./simulator/simulator-panel.tsx').then((module) => module.SimulatorPanel),
  { loading },
);
const RegistrationsPanel = dynamic(
  () => import('./registrations/registrations-panel.tsx').then((module) => module.RegistrationsPanel),
  { loading },
);
const SourcesPanel = dynamic(() => import('./sources/sources-panel.tsx').then((module) => module.SourcesPanel), {
  loading,
});
const SchedulesPanel = dynamic(
  () => import('./schedules/schedules-panel.tsx').then((module) => module.SchedulesPanel),
  {
    loading,
  },
);
const RulesPanel = dynamic(() => import('./rules/rules-panel.tsx').then((module) => module.RulesPanel), { loading });

const SchemasPanel = dynamic(() => import('./schemas/schemas-panel.tsx').then((module) => module.SchemasPanel), {
  loading,
});

/** The water of a site: its points, its alerts, who is told of them, and what is watched. */
export function WaterPage() {
  const t = useTranslations('water');
  return (
    <DomainPage page="water" about={t('about')}>
      {(scope, site) => <SiteWater scope={scope} site={site} />}
    </DomainPage>
  );
}

function SiteWater({ scope, site }: { readonly scope: Scope; readonly site: ScopeSite }) {
  const t = useTranslations('water');
  const format = useFormat();
  // Where the directory does not answer the site's company is unknown; what is about a company waits for it.
  const companyId = site.company?.id ?? scope.company?.id ?? null;
  // Devices are played in the demo only.
  const simulator = useGraph(HasWaterSimulatorDocument, noVariables).data?.simulator ?? null;
  const [view, setView] = useQueryState('view', parseAsStringLiteral(waterViews).withDefault('points'));
  const shown: Readonly<Record<WaterView, () => ReactNode>> = {
    points: () => <SitePoints scope={scope} site={site} />,
    alerts: () => <AlertInbox site={site} />,
    compliance: () => <CompliancePanel key={site.id} site={site} />,
    registrations: () => <RegistrationsPanel key={site.id} site={site} companyId={companyId} />,
    notices: () => <NotificationsPanel key={site.id} site={site} companyId={companyId} />,
    rules: () => <RulesPanel key={site.id} site={site} companyId={companyId} />,
    map: () => <MapPanel scope={scope} site={site} companyId={companyId} />,
    schemas: () => <SchemasPanel key={site.id} site={site} companyId={companyId} />,
    sources: () => <SourcesPanel key={site.id} site={site} companyId={companyId} />,
    schedules: () => <SchedulesPanel />,
    letters: () => <LettersPanel />,
    simulator: () => <SimulatorPanel />,
  };
  const isThere = (id: WaterView) => id !== 'simulator' || simulator !== null || view === id;
  const needs = useWaterNeeds(site.id);
  const waitingIn = (id: (typeof waterGroups)[number]['id']) => {
    if ((id !== 'alerts' && id !== 'compliance') || needs[id] === 0) return {};
    return { waiting: { count: format.number(needs[id]), about: t(`needs.${id}`) } };
  };
  const groups = waterGroups.map(({ id, views }) => ({
    ...{ id, label: t(`groups.${id}`), ...waitingIn(id) },
    views: views.filter(isThere).map((one) => ({ id: one, label: t(`views.${one}`) })),
  }));
  return (
    <>
      <GroupedViews name={t('views.name')} groups={groups} view={view} onView={(next) => void setView(next)} />
      {shown[view]()}
    </>
  );
}
