'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  EditedPointFragmentDoc,
  PointFactsFragmentDoc,
  PointSurroundingsDocument,
  PointToEditDocument,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Link } from '../../../i18n/navigation.ts';
import { useScope } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ZoneProvider } from '../../../ui/format/zone.tsx';
import { NoPermission } from '../../../ui/no-permission.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import pointClasses from '../point/point.module.css';
import { PointForm } from './point-form.tsx';

/** Registers a point at the chosen site. */
export function NewPointPage() {
  const t = useTranslations('water');
  const can = useCan();
  const { site } = useScope();
  const above = <BackTo href="/water" text={t('point.back')} />;
  const companyId = site?.company?.id ?? null;
  const isAllowed = can('telemetry:write') && can('telemetry:read');
  const around = useSurroundings(companyId, isAllowed);
  return (
    <Page title={t('edit.newTitle')} subtitle={t('edit.newAbout')} above={above}>
      {!isAllowed ? (
        <NoPermission what={t('edit.newTitle')} />
      ) : site === null || companyId === null ? (
        <EmptyState title={t('edit.noSite.title')} hint={t('edit.noSite.hint')} />
      ) : around.failed !== null ? (
        <ErrorState failure={around.failed} what={t('edit.newTitle')} onRetry={around.retry} />
      ) : around.data === undefined ? (
        <FormSkeleton />
      ) : (
        <PointForm point={null} facts={null} site={site} around={around.data} onRead={around.retry} />
      )}
    </Page>
  );
}

/** Changes what is known of a point. */
export function EditPointPage({ code }: { readonly code: string }) {
  const t = useTranslations('water');
  const can = useCan();
  const isAllowed = can('telemetry:write') && can('telemetry:read');
  const { data, isLoading, failed, failures, retry } = useGraph(
    PointToEditDocument,
    useMemo(() => ({ code }), [code]),
    { pause: !isAllowed },
  );
  const masked = data?.catchmentPoint ?? null;
  const point = readFragment(EditedPointFragmentDoc, masked);
  const facts = readFragment(PointFactsFragmentDoc, masked);
  const around = useSurroundings(point?.company.id ?? null, isAllowed);
  // A part that could not be read, such as who approved a registration, keeps nobody from the rest.
  const missing = point === null ? failureAt(failures, 'catchmentPoint') : null;
  const failure = failed ?? missing ?? around.failed;
  const above = <BackTo href={`/water/${encodeURIComponent(code)}`} text={point?.name ?? code} />;
  const title = t('edit.title');
  const readAgain = () => {
    retry();
    around.retry();
  };
  return (
    <Page
      title={point === null ? title : point.name}
      subtitle={point === null ? code : [title, point.code, point.site.name].join(' · ')}
      above={above}
    >
      {!isAllowed ? (
        <NoPermission what={title} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={code} onRetry={readAgain} />
      ) : isLoading || (point !== null && around.data === undefined) ? (
        <FormSkeleton />
      ) : point === null || around.data === undefined ? (
        <EmptyState title={t('point.unknown.title', { code })} hint={t('point.unknown.hint')} />
      ) : (
        <ZoneProvider timeZone={point.timeZone}>
          <PointForm
            key={point.id}
            point={point}
            facts={facts}
            site={{ id: point.site.id, timeZone: point.timeZone }}
            around={around.data}
            onRead={readAgain}
          />
        </ZoneProvider>
      )}
    </Page>
  );
}

function useSurroundings(companyId: string | null, isAllowed: boolean) {
  return useGraph(
    PointSurroundingsDocument,
    useMemo(() => ({ companies: companyId === null ? [] : [companyId] }), [companyId]),
    { pause: !isAllowed || companyId === null },
  );
}

function BackTo({ href, text }: { readonly href: string; readonly text: string }) {
  return (
    <Link href={href} className={pointClasses.back}>
      ← {text}
    </Link>
  );
}

function FormSkeleton() {
  const t = useTranslations('water.edit');
  return (
    <>
      {[t('about'), t('place'), t('variables.title')].map((title) => (
        <Panel key={title} title={title}>
          <SkeletonRows count={3} />
        </Panel>
      ))}
    </>
  );
}
