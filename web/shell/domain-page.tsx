'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { EmptyState } from '../ui/empty-state.tsx';
import { ZoneProvider } from '../ui/format/zone.tsx';
import { NoPermission } from '../ui/no-permission.tsx';
import { Page } from '../ui/page.tsx';
import { SiteTime } from '../ui/site-time.tsx';
import { type PageId, pages } from './pages.ts';
import { type Scope, type ScopeSite, useScope } from './scope.ts';
import { useCan } from './viewer.tsx';

/** The frame of a domain's page: its name, the site it is about, and the refusal when the viewer may not see it. */
export function DomainPage({
  page,
  about,
  children,
}: {
  readonly page: PageId;
  readonly about: string;
  readonly children: (scope: Scope, site: ScopeSite) => ReactNode;
}) {
  const t = useTranslations();
  const can = useCan();
  const scope = useScope();
  const permission = pages.find((one) => one.id === page)?.permission ?? null;
  const title = t(`pages.${page}`);
  if (permission !== null && !can(permission)) {
    return (
      <Page title={title}>
        <NoPermission what={title} />
      </Page>
    );
  }
  if (scope.site === null) {
    return (
      <Page title={title}>
        <EmptyState title={t('overview.noSite.title')} hint={t('overview.noSite.hint')} />
      </Page>
    );
  }
  return (
    <Page
      title={title}
      subtitle={
        <>
          <span>{scope.site.name}</span>
          <span>{about}</span>
          <SiteTime timeZone={scope.site.timeZone} />
        </>
      }
    >
      <ZoneProvider timeZone={scope.site.timeZone}>{children(scope, scope.site)}</ZoneProvider>
    </Page>
  );
}
