'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DomainPage } from '../../shell/domain-page.tsx';
import type { Scope, ScopeSite } from '../../shell/scope.ts';
import { SectionLinks } from '../../shell/section-links.tsx';
import { useCan } from '../../shell/viewer.tsx';
import { inventorySections } from './inventory-sections.ts';

/** The frame of each page of the inventory: the site it is about, and the way to the others. */
export function InventoryFrame({ children }: { readonly children: (scope: Scope, site: ScopeSite) => ReactNode }) {
  const t = useTranslations('inventory');
  const can = useCan();
  const sections = inventorySections
    .filter(({ permission }) => permission === null || can(permission))
    .map(({ id, href }) => ({ href, label: t(`sections.${id}`) }));
  return (
    <DomainPage page="inventory" about={t('about')}>
      {(scope, site) => (
        <>
          <SectionLinks name={t('sections.name')} sections={sections} />
          {children(scope, site)}
        </>
      )}
    </DomainPage>
  );
}
