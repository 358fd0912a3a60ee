'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  type ErpSetupFragment,
  type ErpSyncPageQuery,
  StartFullSyncDocument,
  StartSyncDocument,
  type SyncPlanFragment,
  type SyncRunFragment,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import { useNow } from '../../../ui/use-now.ts';
import { NextRun } from '../../finance/next-run.tsx';
import { LiveRun } from './live-run.tsx';
import { RunSheet } from './run-sheet.tsx';
import { changesOf, copiedEntities } from './runs.ts';
import classes from './sync.module.css';
import { SyncRefusal } from './sync-refusal.tsx';
import { SyncRunTag } from './sync-run-tag.tsx';

type Fresh = ErpSyncPageQuery['syncStatus']['lastSync'][number];

/** What is copied at this moment, how old each kind of row is, and every run before. */
export function RunsView({
  erp,
  runs,
  plans,
  fresh,
  onChanged,
  onSetUp,
}: {
  readonly erp: ErpSetupFragment;
  readonly runs: readonly SyncRunFragment[];
  readonly plans: readonly SyncPlanFragment[];
  readonly fresh: readonly Fresh[];
  readonly onChanged: () => void;
  readonly onSetUp: () => void;
}) {
  const t = useTranslations('inventory.erp');
  const kindName = useTranslations('inventory.sync.entities');
  const format = useFormat();
  const now = useNow() ?? Date.now();
  const { act, isBusy, refusal } = useAct();
  const [opened, setOpened] = useState<string | null>(null);
  const open = runs.filter(({ status }) => status === 'RUNNING' || status === 'PENDING').toReversed();
  const ended = runs.filter(({ status }) => status !== 'RUNNING' && status !== 'PENDING');
  const startAll = async () => {
    if ((await act(StartFullSyncDocument, { installationId: erp.id })) !== null) onChanged();
  };
  const start = async (entity: (typeof copiedEntities)[number]) => {
    const done = await act(StartSyncDocument, { installationId: erp.id, entity, mode: 'INCREMENTAL' });
    if (done !== null) onChanged();
  };
  const kinds = copiedEntities.map((entity) => ({
    entity,
    copiedAt: fresh.find((one) => one.entity === entity)?.completedAt ?? null,
    nextAt:
      plans
        .filter((one) => one.entity === entity && one.isActive)
        .flatMap(({ nextRunAt }) => (nextRunAt === null ? [] : [nextRunAt]))
        .toSorted()[0] ?? null,
    isOpen: open.some((one) => one.entity === entity),
  }));
  const columns: readonly TableColumn<(typeof kinds)[number]>[] = [
    { id: 'kind', label: t('kind'), value: ({ entity }) => kindName(entity) },
    {
      id: 'copied',
      label: t('copied'),
      align: 'end',
      value: ({ copiedAt }) => copiedAt,
      cell: ({ copiedAt }) =>
        copiedAt === null ? (
          t('never')
        ) : (
          <time dateTime={copiedAt} title={format.instant(copiedAt)}>
            {format.age(now - Date.parse(copiedAt))}
          </time>
        ),
    },
    {
      id: 'next',
      label: t('next'),
      align: 'end',
      isWide: true,
      value: ({ nextAt }) => nextAt,
      cell: ({ nextAt }) => <NextRun at={nextAt} nowMs={now} />,
    },
    {
      id: 'start',
      label: t('start'),
      align: 'end',
      value: () => null,
      cell: ({ entity, isOpen }) => (
        <Button
          size="small"
          look="quiet"
          disabled={isOpen || isBusy || erp.mappingConfirmedAt === null}
          aria-label={t('startKind', { kind: kindName(entity) })}
          onClick={() => void start(entity)}
        >
          {t('start')}
        </Button>
      ),
    },
  ];
  return (
    <>
      {erp.mappingConfirmedAt === null && erp.kind === 'SAMPLE' ? (
        <Panel title={t('shown.title')}>
          <p className={classes.lead}>{t('shown.hint')}</p>
        </Panel>
      ) : erp.mappingConfirmedAt === null ? (
        <Panel title={t('notConfirmed.title')}>
          <p className={classes.lead}>{t('notConfirmed.hint')}</p>
          <div className={classes.end}>
            <Button look="primary" onClick={onSetUp}>
              {t('views.setup')}
            </Button>
          </div>
        </Panel>
      ) : null}
      {open.length === 0 ? null : (
        <Panel title={t('open')}>
          <ul className={classes.live}>
            {open.map((run) => (
              <LiveRun key={run.id} run={run} onChanged={onChanged} />
            ))}
          </ul>
        </Panel>
      )}
      <Panel
        title={t('kinds.title')}
        actions={
          <Button
            size="small"
            isBusy={isBusy}
            disabled={erp.mappingConfirmedAt === null || open.length === kinds.length}
            onClick={startAll}
          >
            {t('startAll')}
          </Button>
        }
      >
        <SyncRefusal refusal={refusal} />
        <SmallTable caption={t('kinds.title')} columns={columns} rows={kinds} rowId={({ entity }) => entity} />
      </Panel>
      <Panel title={t('history')}>
        {ended.length === 0 ? (
          <EmptyState title={t('noHistory.title')} hint={t('noHistory.hint')} />
        ) : (
          <RowList>
            {ended.map((run) => (
              <Row
                key={run.id}
                title={`${kindName(run.entity)} · ${t(`modes.${run.mode}`)}`}
                subtitle={[
                  format.instant(run.completedAt ?? run.createdAt),
                  ...(run.startedAt === null || run.completedAt === null
                    ? []
                    : [format.duration(Date.parse(run.completedAt) - Date.parse(run.startedAt))]),
                ].join(' · ')}
                note={changesOf(run)
                  .map(([kind, count]) => t(`changes.${kind}`, { count, written: format.number(count) }))
                  .join(' · ')}
                number={t('rows', { count: run.recordsProcessed, written: format.number(run.recordsProcessed) })}
                tag={<SyncRunTag run={run} />}
                onOpen={() => setOpened(run.id)}
              />
            ))}
          </RowList>
        )}
      </Panel>
      {opened === null ? null : <RunSheet id={opened} onChanged={onChanged} onClose={() => setOpened(null)} />}
    </>
  );
}
