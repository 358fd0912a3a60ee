'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  ErpSetupFragmentDoc,
  ErpSyncPageDocument,
  SyncPlanFragmentDoc,
  SyncRunFragmentDoc,
  SyncRunsChangedDocument,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import { LiveNote } from '../../../shell/live-note.tsx';
import type { Scope } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { ZoneProvider } from '../../../ui/format/zone.tsx';
import { NoPermission } from '../../../ui/no-permission.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { useCoalesced } from '../../../ui/use-coalesced.ts';
import { Views } from '../../../ui/views.tsx';
import { InventoryFrame } from '../inventory-frame.tsx';
import { ErpForm } from './erp-form.tsx';
import { ErpSetupPanel } from './erp-setup-panel.tsx';
import { NoErp } from './no-erp.tsx';
import { PlacesPanel } from './places-panel.tsx';
import { PlansPanel } from './plans-panel.tsx';
import { ProofPanel } from './proof-panel.tsx';
import { RunsView } from './runs-view.tsx';
import classes from './sync.module.css';

const views = ['runs', 'setup', 'places', 'schedules', 'proof'] as const;
const none = {};

/** The copy of a company's ERPs: what is copied now, how it went, how each is read, and the proof that it is whole. */
export function SyncPage() {
  const t = useTranslations('inventory.erp');
  const can = useCan();
  return (
    <InventoryFrame>
      {(scope) => (can('sync:trigger') ? <CompanySync scope={scope} /> : <NoPermission what={t('title')} />)}
    </InventoryFrame>
  );
}

function CompanySync({ scope }: { readonly scope: Scope }) {
  const t = useTranslations('inventory.erp');
  const can = useCan();
  const format = useFormat();
  const [isAdding, setAdding] = useState(false);
  const [wanted, setWanted] = useQueryStates({
    erp: parseAsString,
    view: parseAsStringLiteral(views).withDefault('runs'),
  });
  const { data, isLoading, failed, retry } = useGraph(ErpSyncPageDocument, none);
  // Runs change in the cache as they are told; what follows from their end is asked for once in a while.
  const askAgain = useCoalesced(retry, 2_000);
  useLive(SyncRunsChangedDocument, none, { onEvent: askAgain });
  const companyId = scope.company?.id ?? '';
  const erps = (data?.erpSettings ?? [])
    .map((one) => readFragment(ErpSetupFragmentDoc, one))
    .filter(({ company }) => company.id === companyId);
  const erp =
    erps.find(({ id }) => id === wanted.erp) ?? erps.find((one) => one.mappingConfirmedAt !== null) ?? erps[0];
  const mayWrite = can('inventory:write');
  const close = () => setAdding(false);
  return (
    <>
      {isAdding ? (
        <ErpForm
          erp={null}
          companyId={companyId}
          onClose={close}
          onSaved={(id) => {
            close();
            retry();
            void setWanted({ erp: id, view: 'setup' });
          }}
        />
      ) : null}
      {isLoading ? (
        <Panel title={t('views.runs')}>
          <SkeletonRows count={8} />
        </Panel>
      ) : failed !== null && data === undefined ? (
        <Panel title={t('views.runs')}>
          <ErrorState failure={failed} what={t('title')} onRetry={retry} />
        </Panel>
      ) : erp === undefined ? (
        <NoErp companyId={companyId} mayWrite={mayWrite} onConnect={() => setAdding(true)} onSaved={retry} />
      ) : (
        <ZoneProvider timeZone={erp.timeZone}>
          {erps.length > 1 ? (
            <Views
              name={t('erps')}
              views={erps.map(({ id, installation }) => ({ id, label: installation.name }))}
              view={erp.id}
              onView={(id) => void setWanted({ erp: id })}
            />
          ) : null}
          <div className={classes.bar}>
            <Views
              name={t('views.name')}
              views={views.map((id) => ({ id, label: t(`views.${id}`) }))}
              view={wanted.view}
              onView={(view) => void setWanted({ view })}
            />
            <span>
              <LiveNote />
              {scope.site !== null && format.zone(scope.site.timeZone) !== format.zone(erp.timeZone)
                ? ` · ${t('inZone', { zone: format.zone(erp.timeZone) })}`
                : null}
            </span>
            {mayWrite ? (
              <Button size="small" onClick={() => setAdding(true)}>
                {t('connect')}
              </Button>
            ) : null}
          </div>
          {wanted.view === 'runs' ? (
            <RunsView
              key={erp.id}
              erp={erp}
              runs={readFragment(SyncRunFragmentDoc, data?.syncStatus.jobs ?? []).filter(isOf(erp.id))}
              plans={readFragment(SyncPlanFragmentDoc, data?.syncStatus.schedules ?? []).filter(isOf(erp.id))}
              fresh={(data?.syncStatus.lastSync ?? []).filter(isOf(erp.id))}
              onChanged={retry}
              onSetUp={() => void setWanted({ view: 'setup' })}
            />
          ) : null}
          {wanted.view === 'setup' ? (
            <ErpSetupPanel key={`${erp.id}${erp.updatedAt}`} erp={erp} mayWrite={mayWrite} onChanged={retry} />
          ) : null}
          {wanted.view === 'places' ? (
            <PlacesPanel erp={erp} scope={scope} mayWrite={mayWrite} onChanged={retry} />
          ) : null}
          {wanted.view === 'schedules' ? (
            <PlansPanel
              plans={readFragment(SyncPlanFragmentDoc, data?.syncStatus.schedules ?? []).filter(isOf(erp.id))}
              onChanged={retry}
            />
          ) : null}
          {wanted.view === 'proof' ? <ProofPanel erp={erp} onChanged={retry} /> : null}
        </ZoneProvider>
      )}
    </>
  );
}

const isOf =
  (id: string) =>
  ({ installation }: { readonly installation: { readonly id: string } | null }) =>
    installation?.id === id;
