'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type ErpSetupFragment, SaveErpMappingDocument } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { CheckList } from '../../../ui/form/check-list.tsx';
import { SelectField, TextField } from '../../../ui/form/field.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { Panel } from '../../../ui/panel.tsx';
import { AuditDoubts } from './audit-doubts.tsx';
import { AuditSample } from './audit-sample.tsx';
import { charsets, type EntitySource, readMapping, readSources, withSource } from './mapping.ts';
import { type CopiedEntity, copiedEntities } from './runs.ts';
import classes from './sync.module.css';
import { SyncRefusal } from './sync-refusal.tsx';

type Audit = NonNullable<ErpSetupFragment['audit']>;

/** How an ERP is read, kind by kind, with what the audit doubts and the first rows beside it. Confirming it starts the copies. */
export function MappingEditor({
  erp,
  audit,
  mayWrite,
  onChanged,
}: {
  readonly erp: ErpSetupFragment;
  readonly audit: Audit;
  readonly mayWrite: boolean;
  readonly onChanged: () => void;
}) {
  const t = useTranslations('inventory.erp.mapping');
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [mapping, setMapping] = useState(() =>
    readMapping(erp.mappingConfirmedAt === null ? audit.mapping : erp.mapping),
  );
  const [shown, setShown] = useState<CopiedEntity>('PRODUCTS');
  const alternatives = readSources(audit.alternatives);
  const choices = (list: Audit['keyRoles']) => [
    { value: '', label: t('none') },
    ...list.map(({ id, name, uses }) => ({ value: String(id), label: t('choice', { name, uses }) })),
  ];
  const idOf = (value: string) => (value === '' ? null : Number(value));
  const confirm = async () => {
    if ((await act(SaveErpMappingDocument, { id: erp.id, mapping })) !== null) onChanged();
  };
  return (
    <Panel
      title={t('title')}
      aside={t('found', { tables: audit.tables, views: audit.views.length, charset: audit.charset })}
    >
      <div className={classes.mapping}>
        <AuditDoubts doubts={audit.doubts} />
        <div className={classes.fields}>
          <SelectField
            label={t('charset')}
            value={mapping.charset}
            options={charsets.map((value) => ({ value: String(value), label: value }))}
            wrong={wrong('charset')}
            onChange={(charset) => setMapping({ ...mapping, charset })}
          />
          <SelectField
            label={t('keyRole')}
            hint={t('keyRoleHint')}
            value={String(mapping.keyRoleId ?? '')}
            options={choices(audit.keyRoles)}
            wrong={wrong('keyRoleId')}
            onChange={(id) => setMapping({ ...mapping, keyRoleId: idOf(id) })}
          />
          <SelectField
            label={t('priceList')}
            value={String(mapping.priceListId ?? '')}
            options={choices(audit.priceLists)}
            wrong={wrong('priceListId')}
            onChange={(id) => setMapping({ ...mapping, priceListId: idOf(id) })}
          />
        </div>
        {audit.branches.length === 0 ? null : (
          <CheckList
            legend={t('branches')}
            columns="many"
            choices={audit.branches.map(({ id, name }) => ({ value: String(id), label: name }))}
            chosen={mapping.branchIds.map(String)}
            onChange={(ids) => setMapping({ ...mapping, branchIds: ids.map(Number) })}
          />
        )}
        <div className={classes.kinds}>
          {copiedEntities.map((entity) => (
            <KindSource
              key={entity}
              entity={entity}
              source={mapping.entities[entity] ?? { from: 'NOTHING' }}
              view={mapping.entities[entity]?.from === 'VIEW' ? mapping.entities[entity] : alternatives[entity]}
              isShown={shown === entity}
              wrong={wrong(`entities.${entity}`)}
              onShow={() => setShown(entity)}
              onChange={(from) => {
                const current = mapping.entities[entity];
                setMapping(
                  withSource(mapping, entity, from, current?.from === 'VIEW' ? current : alternatives[entity]),
                );
              }}
              onColumns={(columns) => {
                const current = mapping.entities[entity];
                if (current?.from !== 'VIEW') return;
                setMapping({ ...mapping, entities: { ...mapping.entities, [entity]: { ...current, columns } } });
              }}
            />
          ))}
        </div>
        <AuditSample sample={audit.samples.find(({ entity }) => entity === shown) ?? null} entity={shown} />
        <SyncRefusal refusal={refusal} />
        {mayWrite ? (
          <div className={classes.end}>
            <p className={classes.quiet}>{t('confirmHint')}</p>
            <Button look="primary" isBusy={isBusy} onClick={confirm}>
              {t('confirm')}
            </Button>
          </div>
        ) : null}
      </div>
    </Panel>
  );
}

const sources = ['TABLES', 'VIEW', 'NOTHING'] as const;

/** Where one kind of row is read from, and by which columns of a view. */
function KindSource({
  entity,
  source,
  view,
  isShown,
  wrong,
  onShow,
  onChange,
  onColumns,
}: {
  readonly entity: CopiedEntity;
  readonly source: EntitySource;
  readonly view: EntitySource | undefined;
  readonly isShown: boolean;
  readonly wrong: string | undefined;
  readonly onShow: () => void;
  readonly onChange: (from: EntitySource['from']) => void;
  readonly onColumns: (columns: Readonly<Record<string, string>>) => void;
}) {
  const t = useTranslations('inventory.erp.mapping');
  const kindName = useTranslations('inventory.sync.entities');
  const offered = sources.filter((from) => from !== 'VIEW' || view?.from === 'VIEW');
  const viewName = view?.from === 'VIEW' ? view.relation : '';
  return (
    <div className={classes.kind} data-shown={isShown}>
      <SelectField
        label={kindName(entity)}
        value={source.from}
        options={offered.map((value) => ({ value, label: value === 'VIEW' ? viewName : t(`from.${value}`) }))}
        wrong={wrong}
        onChange={onChange}
      />
      <Button size="small" look="quiet" aria-pressed={isShown} onClick={onShow}>
        {t('sampleOf', { kind: kindName(entity) })}
      </Button>
      {source.from === 'VIEW' && isShown ? (
        <div className={classes.columns}>
          {Object.entries(source.columns).map(([field, column]) => (
            <TextField
              key={field}
              label={field}
              value={column}
              onChange={(text) => onColumns({ ...source.columns, [field]: text.toUpperCase() })}
            />
          ))}
        </div>
      ) : null}
    </div>
  );
}
