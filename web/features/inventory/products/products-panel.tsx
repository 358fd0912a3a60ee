'use client';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  ProductCategoriesDocument,
  type ProductRowFragment,
  ProductRowFragmentDoc,
  ProductsDocument,
  StockChangedDocument,
} from '../../../graphql/generated/graphql.ts';
import { useConnection } from '../../../graphql/use-connection.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import { LiveNote } from '../../../shell/live-note.tsx';
import type { Scope, ScopeSite } from '../../../shell/scope.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FilterSelect, SearchField } from '../../../ui/filters.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { DataTable } from '../../../ui/table/data-table.tsx';
import classes from '../inventory.module.css';
import { useProductColumns } from './product-columns.tsx';
import { ProductSheet } from './product-sheet.tsx';

/** Products on sale unless asked otherwise, as in the headline numbers. */
const shown = ['belowMinimum', 'offSale'] as const;
const filterParsers = {
  search: parseAsString.withDefault(''),
  category: parseAsString,
  show: parseAsStringLiteral(shown),
  product: parseAsString,
};
/** Between two keys of somebody who types; the server does the searching. */
const typingMs = 200;
const noVariables = {};

/** Every product stocked at the site: searched, filtered, exported, opened. The filters are in the address. */
export function ProductsPanel({
  scope,
  site,
  currency,
}: {
  readonly scope: Scope;
  readonly site: ScopeSite;
  readonly currency: string;
}) {
  const t = useTranslations('inventory.products');
  const [{ search, category, show, product }, setFilters] = useQueryStates(filterParsers, { history: 'replace' });
  const [searched] = useDebouncedValue(search.trim(), typingMs);
  const filter = useMemo(
    () => ({
      siteIds: [site.id],
      ...(searched === '' ? {} : { search: searched }),
      ...(category === null ? {} : { category }),
      active: show !== 'offSale',
      ...(show === 'belowMinimum' ? { belowMinimum: true } : {}),
    }),
    [site.id, searched, category, show],
  );
  const categories = useGraph(ProductCategoriesDocument, noVariables).data?.productCategories ?? [];
  // What lies there changes in the cache, row by row, where it stands.
  useLive(
    StockChangedDocument,
    useMemo(() => ({ siteIds: [site.id] }), [site.id]),
  );
  const columns = useProductColumns(site.id, currency);
  const { rows, totalCount, loadMore, allRows, isLoading, failed, retry } = useConnection({
    query: ProductsDocument,
    filter,
    connectionOf: ({ products }) => products,
    toRow: (node) => readFragment(ProductRowFragmentDoc, node),
  });
  return (
    <Panel title={t('title')} aside={<LiveNote />} inset="flush">
      {failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : (
        <DataTable
          caption={t('title')}
          columns={columns}
          rows={rows}
          rowId={rowId}
          totalCount={totalCount}
          onEnd={loadMore}
          onOpen={(row) => void setFilters({ product: row.id })}
          openId={product}
          allRows={allRows}
          fileName={`${site.code}-productos-${scope.today}`}
          placeholder={
            isLoading ? <SkeletonRows count={8} /> : <EmptyState title={t('none.title')} hint={t('none.hint')} />
          }
          filters={
            <span className={classes.filters}>
              <SearchField
                label={t('search')}
                value={search}
                onChange={(text) => void setFilters({ search: text === '' ? null : text })}
              />
              <FilterSelect
                label={t('columns.category')}
                value={category}
                options={categories.map((one) => ({ value: one, label: one }))}
                all={t('allCategories')}
                onChange={(next) => void setFilters({ category: next })}
              />
              <FilterSelect
                label={t('columns.state')}
                value={show}
                options={shown.map((one) => ({ value: one, label: t(`show.${one}`) }))}
                all={t('allStates')}
                onChange={(next) => void setFilters({ show: next })}
              />
            </span>
          }
        />
      )}
      {product === null ? null : (
        <ProductSheet
          productId={product}
          known={rows.find((row) => row.id === product)}
          site={site}
          range={scope.range}
          currency={currency}
          onClose={() => void setFilters({ product: null })}
        />
      )}
    </Panel>
  );
}

const rowId = (row: ProductRowFragment) => row.id;
