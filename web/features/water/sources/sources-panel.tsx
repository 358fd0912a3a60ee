'use client';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type WaterSourceFragment,
  WaterSourceFragmentDoc,
  WaterSourcesDocument,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { SourceForm } from './source-form.tsx';
import { SourceSheet } from './source-sheet.tsx';
import { sourceTones } from './source-tones.ts';

/** Where readings come from: every account with its state, and the way to set one up and try it out. */
export function SourcesPanel({ site, companyId }: { readonly site: ScopeSite; readonly companyId: string | null }) {
  const t = useTranslations('water.sources');
  const isAllowed = useCan()('telemetry:write');
  const [openId, setOpenId] = useQueryState('source', parseAsString.withOptions({ history: 'replace' }));
  const [edited, setEdited] = useState<'new' | WaterSourceFragment | null>(null);
  const { data, isLoading, failed, retry } = useGraph(
    WaterSourcesDocument,
    useMemo(() => ({ site: site.id }), [site.id]),
  );
  const sources = (data?.providers ?? [])
    .map((source) => readFragment(WaterSourceFragmentDoc, source))
    .filter(({ company }) => company.id === companyId);
  const open = sources.find(({ id }) => id === openId);
  return (
    <Panel
      title={t('title')}
      aside={
        isAllowed ? (
          <Button
            disabled={companyId === null}
            look="primary"
            size="small"
            icon={<IconPlus size={15} aria-hidden="true" />}
            onClick={() => setEdited('new')}
          >
            {t('make')}
          </Button>
        ) : null
      }
    >
      {isLoading ? (
        <SkeletonRows count={5} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : sources.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <RowList>
          {sources.map((source) => (
            <SourceRow key={source.id} source={source} onOpen={() => void setOpenId(source.id)} />
          ))}
        </RowList>
      )}
      {open === undefined || edited !== null ? null : (
        <SourceSheet
          source={open}
          isAllowed={isAllowed}
          onEdit={() => setEdited(open)}
          onChanged={retry}
          onClose={() => void setOpenId(null)}
        />
      )}
      {edited === null || companyId === null ? null : (
        <SourceForm
          source={edited === 'new' ? null : edited}
          points={data?.site?.catchmentPoints ?? []}
          companyId={companyId}
          onSaved={(id) => {
            setEdited(null);
            void setOpenId(id);
            retry();
          }}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  );
}

function SourceRow({ source, onOpen }: { readonly source: WaterSourceFragment; readonly onOpen: () => void }) {
  const t = useTranslations('water.sources');
  const format = useFormat();
  const now = useNow() ?? Date.now();
  const { name, kind, devices, lastConnectedAt, lagSeconds, lastError, state } = source;
  const isTroubled = state === 'FAILING' || state === 'DEGRADED';
  return (
    <Row
      title={name}
      subtitle={[t(`kinds.${kind}`), t('devicesOf', { count: devices.length }), isTroubled ? lastError : null]
        .filter((fact) => fact !== null)
        .join(' · ')}
      note={
        devices.length === 0
          ? undefined
          : lagSeconds === null
            ? t('noLag')
            : t('lag', { duration: format.duration(lagSeconds * 1_000) })
      }
      number={
        lastConnectedAt === null ? t('never') : t('answered', { age: format.age(now - Date.parse(lastConnectedAt)) })
      }
      tag={<StateTag tone={sourceTones[state]}>{t(`states.${state}`)}</StateTag>}
      hasEnded={!source.isActive}
      onOpen={onOpen}
    />
  );
}
