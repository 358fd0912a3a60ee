'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { DomainPage } from '../../shell/domain-page.tsx';
import type { Scope, ScopeSite } from '../../shell/scope.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { ProductionHeadline } from './production-headline.tsx';
import { ProductionPanel } from './production-panel.tsx';

const OrdersPanel = dynamic(() => import('./orders-panel.tsx').then((module) => module.OrdersPanel), {
  ssr: false,
  loading: () => <SkeletonRows count={10} />,
});

/** The feed plant: what it made, what it lost, and every order behind the numbers. */
export function ProductionPage() {
  const t = useTranslations('production');
  return (
    <DomainPage page="production" about={t('about')}>
      {(scope, site) => <SiteProduction key={site.id} scope={scope} site={site} />}
    </DomainPage>
  );
}

function SiteProduction({ scope, site }: { readonly scope: Scope; readonly site: ScopeSite }) {
  return (
    <>
      <ProductionHeadline scope={scope} siteId={site.id} />
      <ProductionPanel siteId={site.id} range={scope.range} onZoom={scope.setRange} />
      <OrdersPanel site={site} range={scope.range} />
    </>
  );
}
