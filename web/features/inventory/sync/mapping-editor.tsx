'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type ErpSetupFragment, SaveErpMappingDocument } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { CheckList } from '../../../ui/form/check-list.tsx';
import { SelectField } from '../../../ui/form/field.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { Panel } from '../../../ui/panel.tsx';
import { AuditDoubts } from './audit-doubts.tsx';
import { AuditSample } from './audit-sample.tsx';
import { charsets, type EntitySource, readMapping, readSources, withColumn, withSource } from './mapping.ts';
import { missingFields } from './row-fields.ts';
import { type CopiedEntity, copiedEntities } from './runs.ts';
import classes from './sync.module.css';
import { SyncRefusal } from './sync-refusal.tsx';
import { ViewColumns } from './view-columns.tsx';

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
  const kindName = useTranslations('inventory.sync.entities');
  const proposed = readMapping(audit.mapping);
  const [mapping, setMapping] = useState(() => (erp.mappingConfirmedAt === null ? proposed : readMapping(erp.mapping)));
  const [shown, setShown] = useState<CopiedEntity>('PRODUCTS');
  const alternatives = readSources(audit.alternatives);
  const sourceOf = (entity: CopiedEntity): EntitySource => mapping.entities[entity] ?? { from: 'NOTHING' };
  const incomplete = copiedEntities.filter((entity) => {
    const source = sourceOf(entity);
    return source.from === 'VIEW' && missingFields(entity, source.columns).length > 0;
  });
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
      aside={t('found', { tables: audit.tables, views: audit.viewColumns.length, charset: audit.charset })}
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
              source={sourceOf(entity)}
              views={audit.viewColumns.map(({ name }) => name)}
              isShown={shown === entity}
              wrong={wrong(`entities.${entity}`)}
              onShow={() => setShown(entity)}
              onChange={(source) => {
                setShown(entity);
                setMapping(
                  withSource(mapping, entity, source, [
                    ...[mapping.entities[entity], alternatives[entity], proposed.entities[entity]],
                  ]),
                );
              }}
            />
          ))}
        </div>
        <section className={classes.detail} aria-label={kindName(shown)}>
          <ViewColumns
            entity={shown}
            source={sourceOf(shown)}
            views={audit.viewColumns}
            onColumn={(field, column) => setMapping(withColumn(mapping, shown, field, column))}
          />
          <AuditSample sample={audit.samples.find(({ entity }) => entity === shown) ?? null} entity={shown} />
        </section>
        <SyncRefusal refusal={refusal} />
        {mayWrite ? (
          <div className={classes.end}>
            <p className={classes.quiet}>
              {incomplete.length === 0
                ? t('confirmHint')
                : t('incomplete', { kinds: incomplete.map((entity) => kindName(entity)).join(', ') })}
            </p>
            <Button look="primary" isBusy={isBusy} disabled={incomplete.length > 0} onClick={confirm}>
              {t('confirm')}
            </Button>
          </div>
        ) : null}
      </div>
    </Panel>
  );
}

/** Where one kind of row is read from: Microsip's own tables, one of the company's views, or nowhere. */
function KindSource({
  entity,
  source,
  views,
  isShown,
  wrong,
  onShow,
  onChange,
}: {
  readonly entity: CopiedEntity;
  readonly source: EntitySource;
  readonly views: readonly string[];
  readonly isShown: boolean;
  readonly wrong: string | undefined;
  readonly onShow: () => void;
  readonly onChange: (source: string) => void;
}) {
  const t = useTranslations('inventory.erp.mapping');
  const kindName = useTranslations('inventory.sync.entities');
  const current = source.from === 'VIEW' ? source.relation : source.from;
  const offered = [...new Set(source.from === 'VIEW' ? [source.relation, ...views] : views)].toSorted();
  const missing = source.from === 'VIEW' ? missingFields(entity, source.columns).length : 0;
  return (
    <div className={classes.kind} data-shown={isShown}>
      <SelectField
        label={kindName(entity)}
        value={current}
        options={[
          { value: 'TABLES', label: t('from.TABLES') },
          ...offered.map((value) => ({ value, label: value })),
          { value: 'NOTHING', label: t('from.NOTHING') },
        ]}
        wrong={wrong ?? (missing === 0 ? undefined : t('missing', { count: missing }))}
        onChange={onChange}
      />
      <Button
        size="small"
        look="quiet"
        aria-pressed={isShown}
        aria-label={t('look', { kind: kindName(entity) })}
        onClick={onShow}
      >
        {t(source.from === 'VIEW' ? 'columnsAndSample' : 'sample')}
      </Button>
    </div>
  );
}
