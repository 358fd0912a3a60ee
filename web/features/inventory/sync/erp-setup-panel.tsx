'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AuditErpDocument, type ErpSetupFragment } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { Details } from '../../../ui/details.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { ErpForm } from './erp-form.tsx';
import { erpProblem } from './erp-problems.ts';
import { MappingEditor } from './mapping-editor.tsx';
import classes from './sync.module.css';
import { SyncRefusal } from './sync-refusal.tsx';

/** Where an ERP is and how it is read: its connection, what an audit found, and the mapping that a person confirms. */
export function ErpSetupPanel({
  erp,
  mayWrite,
  onChanged,
}: {
  readonly erp: ErpSetupFragment;
  readonly mayWrite: boolean;
  readonly onChanged: () => void;
}) {
  const t = useTranslations('inventory.erp');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const [isEditing, setEditing] = useState(false);
  const isSample = erp.kind === 'SAMPLE';
  const at = (instant: string | null) => (instant === null ? '–' : format.instant(instant));
  const audit = async () => {
    await act(AuditErpDocument, { id: erp.id });
    onChanged();
  };
  // Worded by its code, which stands before what the ERP's side said in English.
  const problemOf = (error: string) => {
    const known = erpProblem(error.split(': ')[0] ?? '');
    return known === null ? error : t(`problems.${known}`);
  };
  const of = (key: string) => String(Reflect.get(Object(erp.connection), key) ?? '–');
  return (
    <>
      <Panel
        title={t('connection')}
        actions={
          mayWrite ? (
            <>
              <Button size="small" onClick={() => setEditing(true)}>
                {t('edit')}
              </Button>
              {isSample ? null : (
                <Button size="small" look="primary" isBusy={isBusy} onClick={audit}>
                  {t(isBusy ? 'auditing' : 'audit')}
                </Button>
              )}
            </>
          ) : undefined
        }
      >
        <Details
          rows={[
            [t('fields.kind'), t(`kindNames.${erp.kind}`)],
            ...(isSample
              ? [[t('fields.articles'), of('articles')] as const]
              : ([
                  [t('fields.host'), `${of('host')}:${of('port')}`],
                  [t('fields.database'), of('database')],
                  [t('fields.user'), of('user')],
                  [t('lastAudit'), at(erp.auditedAt)],
                ] as const)),
            [t('fields.timeZone'), erp.timeZone],
            [
              t('mapping.title'),
              <StateTag key="state" tone={erp.mappingConfirmedAt === null ? 'attention' : 'ok'}>
                {erp.mappingConfirmedAt === null
                  ? t('mapping.waits')
                  : t('mapping.confirmed', { at: format.dayOf(erp.mappingConfirmedAt) })}
              </StateTag>,
            ],
          ]}
        />
        {erp.lastCheckError === null ? null : (
          <p className={classes.fault}>
            {t('lastCheck', { at: at(erp.lastCheckedAt), error: problemOf(erp.lastCheckError) })}
          </p>
        )}
        <SyncRefusal refusal={refusal} />
      </Panel>
      {isSample ? (
        <Panel title={t('mapping.title')}>
          <p className={classes.lead}>{t('mapping.needsNone')}</p>
        </Panel>
      ) : erp.audit === null ? (
        <Panel title={t('mapping.title')}>
          <EmptyState title={t('mapping.noAudit.title')} hint={t('mapping.noAudit.hint')} />
        </Panel>
      ) : (
        <MappingEditor erp={erp} audit={erp.audit} mayWrite={mayWrite} onChanged={onChanged} />
      )}
      {isEditing ? (
        <ErpForm
          erp={erp}
          companyId={erp.company.id}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false);
            onChanged();
          }}
        />
      ) : null}
    </>
  );
}
