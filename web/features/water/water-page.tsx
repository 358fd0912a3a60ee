'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { DomainPage } from '../../shell/domain-page.tsx';
import type { Scope, ScopeSite } from '../../shell/scope.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Views } from '../../ui/views.tsx';
import { SitePoints } from './site-points.tsx';

const views = ['points', 'alerts', 'compliance', 'notices', 'rules'] as const;

const loading = () => <SkeletonRows count={8} />;
const AlertInbox = dynamic(() => import('./alert-inbox.tsx').then((module) => module.AlertInbox), { loading });
const CompliancePanel = dynamic(
  () => import('./compliance/compliance-panel.tsx').then((module) => module.CompliancePanel),
  { loading },
);
const NotificationsPanel = dynamic(
  () => import('./notifications-panel.tsx').then((module) => module.NotificationsPanel),
  { loading },
);
const RulesPanel = dynamic(() => import('./rules-panel.tsx').then((module) => module.RulesPanel), { loading });

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
  const t = useTranslations('water.views');
  // Where the directory does not answer the site's company is unknown; what is about a company waits for it.
  const companyId = site.company?.id ?? scope.company?.id ?? null;
  const [view, setView] = useQueryState('view', parseAsStringLiteral(views).withDefault('points'));
  const shown: Readonly<Record<(typeof views)[number], () => ReactNode>> = {
    points: () => <SitePoints scope={scope} site={site} />,
    alerts: () => <AlertInbox site={site} />,
    compliance: () => <CompliancePanel key={site.id} site={site} />,
    notices: () => <NotificationsPanel key={site.id} site={site} companyId={companyId} />,
    rules: () => <RulesPanel key={site.id} site={site} companyId={companyId} />,
  };
  return (
    <>
      <Views
        name={t('name')}
        views={views.map((id) => ({ id, label: t(id) }))}
        view={view}
        onView={(next) => void setView(next)}
      />
      {shown[view]()}
    </>
  );
}
