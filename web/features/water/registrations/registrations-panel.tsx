'use client';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { WaterRegistrationsDocument } from '../../../graphql/generated/graphql.ts';
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
import { AccountsPanel } from './accounts-panel.tsx';
import { regulatorCode } from './registration-fields.ts';
import { RegistrationForm } from './registration-form.tsx';
import { registrationState, registrationsOf, registrationTones, type WaterRegistration } from './registration-rows.ts';
import { RegistrationSheet } from './registration-sheet.tsx';

/** What each point of a site is at its regulators, the way to register one, and which regulator may read from us. */
export function RegistrationsPanel({
  site,
  companyId,
}: {
  readonly site: ScopeSite;
  readonly companyId: string | null;
}) {
  const t = useTranslations('water.registrations');
  const format = useFormat();
  const isAllowed = useCan()('compliance:submit');
  const [openId, setOpenId] = useQueryState('registration', parseAsString);
  const [edited, setEdited] = useState<'new' | WaterRegistration | null>(null);
  const { data, isLoading, failed, retry } = useGraph(
    WaterRegistrationsDocument,
    useMemo(() => ({ site: site.id }), [site.id]),
  );
  const rows = registrationsOf(data);
  const points = data?.site?.catchmentPoints ?? [];
  const sources = (data?.complianceSources ?? []).flatMap(({ code, name }) => {
    const known = regulatorCode(code);
    return known === null ? [] : [{ code: known, name }];
  });
  const open = rows.find(({ registration }) => registration.id === openId);
  return (
    <>
      <Panel
        title={t('title')}
        aside={
          isAllowed ? (
            <Button
              look="primary"
              size="small"
              icon={<IconPlus size={15} aria-hidden="true" />}
              disabled={points.length === 0 || sources.length === 0}
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
        ) : rows.length === 0 ? (
          <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
        ) : (
          <RowList>
            {rows.map((row) => {
              const { point, source, registration } = row;
              const state = registrationState(row);
              return (
                <Row
                  key={registration.id}
                  title={point.name}
                  subtitle={[source, ...Object.values(Object(registration.identifiers))].join(' · ')}
                  note={point.standard === null ? undefined : t(`standards.${point.standard}`)}
                  number={t('since', { day: format.day(registration.startsAt.slice(0, 10)) })}
                  tag={<StateTag tone={registrationTones[state]}>{t(`states.${state}`)}</StateTag>}
                  hasEnded={registration.mode === 'OFF'}
                  onOpen={() => void setOpenId(registration.id)}
                />
              );
            })}
          </RowList>
        )}
      </Panel>
      {isAllowed ? <AccountsPanel companyId={companyId} /> : null}
      {open === undefined || edited !== null ? null : (
        <RegistrationSheet
          key={open.registration.id}
          row={open}
          isAllowed={isAllowed}
          onEdit={() => setEdited(open)}
          onClose={() => void setOpenId(null)}
        />
      )}
      {edited === null ? null : (
        <RegistrationForm
          points={points}
          sources={sources}
          edited={edited === 'new' ? null : edited}
          onSaved={(id) => {
            setEdited(null);
            void setOpenId(id);
            retry();
          }}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
