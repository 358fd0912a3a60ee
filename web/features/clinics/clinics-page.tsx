'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { ClinicSiteDocument, ClinicTodayFragmentDoc } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { DomainPage } from '../../shell/domain-page.tsx';
import type { Scope, ScopeSite } from '../../shell/scope.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonChart, SkeletonRows, SkeletonStats } from '../../ui/skeleton.tsx';
import { ClinicDay } from './clinic-day.tsx';
import { ClinicHeadline } from './clinic-headline.tsx';
import { NoClinic } from './no-clinic.tsx';

/** A clinic's day: its numbers, how full its agenda is, who comes and who is to be reminded. */
export function ClinicsPage() {
  const t = useTranslations('clinics');
  return (
    <DomainPage page="clinics" about={t('about')}>
      {(scope, site) => <SiteClinic key={site.id} scope={scope} site={site} />}
    </DomainPage>
  );
}

function SiteClinic({ scope, site }: { readonly scope: Scope; readonly site: ScopeSite }) {
  const t = useTranslations('clinics');
  const answer = useGraph(
    ClinicSiteDocument,
    useMemo(() => ({ site: site.id }), [site.id]),
  );
  if (answer.isLoading) return <ClinicSkeleton />;
  const failure = answer.failed ?? failureAt(answer.failures, 'site.clinic');
  const clinic = readFragment(ClinicTodayFragmentDoc, answer.data?.site?.clinic);
  if (failure !== null && !clinic) {
    return <ErrorState failure={failure} what={t('headline.label')} onRetry={answer.retry} />;
  }
  if (!clinic) return <NoClinic onChoose={scope.setSite} />;
  return (
    <>
      {clinic.stats === null ? (
        <ErrorState
          failure={failure ?? { code: 'INTERNAL', requestId: null, path: 'site.clinic.stats' }}
          what={t('headline.label')}
          onRetry={answer.retry}
        />
      ) : (
        <ClinicHeadline stats={clinic.stats} />
      )}
      <ClinicDay scope={scope} site={site} clinicId={clinic.id} />
    </>
  );
}

function ClinicSkeleton() {
  const t = useTranslations('clinics');
  return (
    <>
      <SkeletonStats count={5} />
      <Panel title={t('occupancy.what')}>
        <SkeletonChart height={246} />
      </Panel>
      <Panel title={t('agenda.title')}>
        <SkeletonRows count={8} />
      </Panel>
    </>
  );
}
