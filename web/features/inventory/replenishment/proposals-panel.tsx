'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ProposalRowFragment, SupplierFiguresFragment } from '../../../graphql/generated/graphql.ts';
import type { Scope, ScopeSite } from '../../../shell/scope.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FilterSelect, SearchField } from '../../../ui/filters.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { DataTable } from '../../../ui/table/data-table.tsx';
import { StockAge } from '../stock-age.tsx';
import { CopyOrder } from './copy-order.tsx';
import { fileWord } from './file-word.ts';
import { NothingToBuy } from './nothing-to-buy.tsx';
import { ProposalSheet } from './proposal-sheet.tsx';
import classes from './replenishment.module.css';
import type { Typed } from './typed-orders.ts';
import { useProposalColumns } from './use-proposal-columns.tsx';
import { nobody, type ProposalFilters, reasons, sorts, sources } from './use-proposal-filters.ts';
import { useProposals } from './use-proposals.ts';

/** A name, two lines that say why, and what is around them. */
const rowHeight = 71;

/** Every proposal of a site: narrowed, ordered, changed, opened and exported. */
export function ProposalsPanel({
  scope,
  site,
  currency,
  filters,
  suppliers,
  typed,
  onType,
  onUntype,
  onSaved,
}: {
  readonly scope: Scope;
  readonly site: ScopeSite;
  readonly currency: string;
  readonly filters: ProposalFilters;
  readonly suppliers: readonly SupplierFiguresFragment[];
  readonly typed: Typed;
  readonly onType: (productId: string, text: string | undefined) => void;
  readonly onUntype: () => void;
  /** A setting was saved: what is proposed may be another. */
  readonly onSaved: () => void;
}) {
  const t = useTranslations('inventory.replenishment');
  const { filter, sort, set } = filters;
  const proposals = useProposals(useMemo(() => ({ site: site.id, filter, orderBy: sort }), [site.id, filter, sort]));
  const { rows, isLoading, failed, retry } = proposals;
  const columns = useProposalColumns(typed, onType, currency);
  const changed = Object.keys(typed).length;
  // An order goes to one supplier: its file says to which.
  const supplierPart = filters.supplier === null ? [] : [fileWord(filters.supplier)].filter(Boolean);
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <Panel
      title={t('title')}
      inset="flush"
      aside={
        changed === 0 ? (
          <>
            <StockAge companyId={site.company?.id ?? ''} />
            <span>{t('inTransit')}</span>
          </>
        ) : (
          <span className={classes.changed} role="status">
            {t('changed', { count: changed })}
            <Button size="small" look="quiet" onClick={onUntype}>
              {t('undo')}
            </Button>
          </span>
        )
      }
      actions={
        filters.supplier === null || filters.supplier === nobody || rows.length === 0 ? undefined : (
          <CopyOrder
            {...{ typed, supplier: filters.supplier, siteName: site.name, today: scope.today }}
            allRows={proposals.allRows}
          />
        )
      }
    >
      {failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : (
        <DataTable
          caption={t('title')}
          columns={columns}
          rows={rows}
          rowId={rowId}
          rowHeight={rowHeight}
          totalCount={proposals.totalCount}
          onEnd={proposals.loadMore}
          onOpen={({ product }) => set({ product: product?.id ?? null })}
          openId={filters.product}
          allRows={proposals.allRows}
          hasWorkbook
          fileName={[site.code, t('file'), ...supplierPart, scope.today].join('-')}
          placeholder={
            isLoading ? (
              <SkeletonRows count={8} height={rowHeight} />
            ) : isNarrowed ? (
              <EmptyState title={t('none.title')} hint={t('none.hint')} />
            ) : (
              <NothingToBuy siteId={site.id} />
            )
          }
          filters={
            <span className={classes.filters}>
              <SearchField label={t('search')} value={filters.search} onChange={(search) => set({ search })} />
              <FilterSelect
                label={t('columns.supplier')}
                value={filters.supplier}
                options={suppliers.map(({ supplierName }) => ({
                  value: supplierName ?? nobody,
                  label: supplierName ?? t('noSupplier'),
                }))}
                all={t('allSuppliers')}
                onChange={filters.setSupplier}
              />
              <FilterSelect
                label={t('why')}
                value={filters.reason}
                options={reasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
                all={t('allReasons')}
                onChange={(reason) => set({ reason })}
              />
              <FilterSelect
                label={t('columns.source')}
                value={filters.source}
                options={sources.map((value) => ({ value, label: t(`sources.${value}`) }))}
                all={t('allSources')}
                onChange={(source) => set({ source })}
              />
              <FilterSelect
                label={t('sort')}
                value={sort === 'VALUE_AT_RISK' ? null : sort}
                options={sorts.slice(1).map((value) => ({ value, label: t(`sorts.${value}`) }))}
                all={t('sorts.VALUE_AT_RISK')}
                onChange={(next) => set({ sort: next ?? 'VALUE_AT_RISK' })}
              />
            </span>
          }
        />
      )}
      {filters.product === null ? null : (
        <ProposalSheet
          key={filters.product}
          productId={filters.product}
          proposal={rows.find((row) => row.product?.id === filters.product)}
          site={site}
          currency={currency}
          onSaved={() => {
            retry();
            onSaved();
          }}
          onClose={() => set({ product: null })}
        />
      )}
    </Panel>
  );
}

const rowId = (row: ProposalRowFragment) => row.product?.id ?? `${row.valueAtRisk}-${row.quantity}-${row.onHand}`;
