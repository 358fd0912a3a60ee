'use client';
import { useTranslations } from 'next-intl';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  type ErpPlaceFragment,
  ErpPlaceFragmentDoc,
  type ErpSetupFragment,
  PlaceWarehouseDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import type { Scope } from '../../../shell/scope.ts';
import { useViewer } from '../../../shell/viewer.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import classes from './sync.module.css';
import { SyncRefusal } from './sync-refusal.tsx';

/** At which site each warehouse of an ERP is: until somebody says so, only who reaches everything sees its stock. */
export function PlacesPanel({
  erp,
  scope,
  mayWrite,
  onChanged,
}: {
  readonly erp: ErpSetupFragment;
  readonly scope: Scope;
  readonly mayWrite: boolean;
  readonly onChanged: () => void;
}) {
  const t = useTranslations('inventory.erp.places');
  const format = useFormat();
  const { sites } = useViewer();
  const { act, isBusy, refusal } = useAct();
  const own = sites.filter(({ company }) => company?.id === scope.company?.id);
  const warehouses = readFragment(ErpPlaceFragmentDoc, erp.warehouses);
  const place = async (warehouseId: string, siteId: string) => {
    const input = { warehouseId, siteId: siteId === '' ? null : siteId };
    if ((await act(PlaceWarehouseDocument, { input })) !== null) onChanged();
  };
  const columns: readonly TableColumn<ErpPlaceFragment>[] = [
    {
      id: 'name',
      label: t('warehouse'),
      value: ({ name }) => name,
      cell: ({ name, code }) => (
        <>
          {name} {code === null ? null : <span className={classes.quiet}>{code}</span>}
        </>
      ),
    },
    {
      id: 'levels',
      label: t('levels'),
      align: 'end',
      isWide: true,
      value: ({ levels }) => levels,
      cell: ({ levels }) => format.number(levels),
    },
    {
      id: 'state',
      label: t('state'),
      isWide: true,
      value: ({ site }) => site?.name ?? null,
      cell: ({ site, levelsElsewhere }) =>
        levelsElsewhere > 0 ? (
          <StateTag tone="brand">{t('moving', { count: levelsElsewhere })}</StateTag>
        ) : (
          <StateTag tone={site === null ? 'attention' : 'ok'}>{t(site === null ? 'nowhere' : 'placed')}</StateTag>
        ),
    },
    {
      id: 'site',
      label: t('site'),
      align: 'end',
      value: ({ site }) => site?.name ?? null,
      cell: (warehouse) => (
        <select
          className={classes.select}
          aria-label={t('siteOf', { name: warehouse.name })}
          value={warehouse.site?.id ?? ''}
          disabled={!mayWrite || isBusy}
          onChange={(event) => void place(warehouse.id, event.currentTarget.value)}
        >
          <option value="">{t('none')}</option>
          {warehouse.site !== null && !own.some(({ id }) => id === warehouse.site?.id) ? (
            <option value={warehouse.site.id}>{warehouse.site.name}</option>
          ) : null}
          {own.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      ),
    },
  ];
  return (
    <Panel title={t('title')}>
      {warehouses.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <>
          <p className={classes.lead}>{t('hint')}</p>
          <SmallTable caption={t('title')} columns={columns} rows={warehouses} rowId={({ id }) => id} />
        </>
      )}
      <SyncRefusal refusal={refusal} />
    </Panel>
  );
}
