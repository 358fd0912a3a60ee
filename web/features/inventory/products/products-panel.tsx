'use client';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowUpRight, IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  ProductChoicesDocument,
  type ProductRowFragment,
  ProductRowFragmentDoc,
  ProductsDocument,
  StockChangedDocument,
} from '../../../graphql/generated/graphql.ts';
import { useConnection } from '../../../graphql/use-connection.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import { Link } from '../../../i18n/navigation.ts';
import { LiveNote } from '../../../shell/live-note.tsx';
import type { Scope, ScopeSite } from '../../../shell/scope.ts';
import { useScopeQuery } from '../../../shell/use-scope-query.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FilterSelect, SearchField } from '../../../ui/filters.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { DataTable } from '../../../ui/table/data-table.tsx';
import { useCoalesced } from '../../../ui/use-coalesced.ts';
import classes from '../inventory.module.css';
import { NoProducts } from '../no-products.tsx';
import { StockAge } from '../stock-age.tsx';
import { EditProduct } from './edit-product.tsx';
import { useProductColumns } from './product-columns.tsx';
import { headOf, productFilter, productFilterParsers, shownProducts, sortOf } from './product-filters.ts';
import { ProductForm } from './product-form.tsx';
import { ProductSheet } from './product-sheet.tsx';

/** Between two keys of somebody who types; the server does the searching. */
const typingMs = 200;
/** A list of many changes is counted again once in a while, not for each. */
const countAgainMs = 3_000;

/** Every product stocked at the site, or in the company's catalogue: searched, filtered, sorted, exported, opened, changed. All of it is in the address. */
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
  const format = useFormat();
  const can = useCan();
  const query = useScopeQuery();
  const companyId = site.company?.id ?? scope.company?.id ?? null;
  const [{ search, category, show, where, sort, product, edit }, setFilters] = useQueryStates(productFilterParsers, {
    history: 'replace',
  });
  const [searched] = useDebouncedValue(search.trim(), typingMs);
  const filter = useMemo(
    () => productFilter({ search: searched, category, show, where }, { id: site.id, companyId }),
    [searched, category, show, where, site.id, companyId],
  );
  const columns = useProductColumns(site.id, currency);
  const { rows, totalCount, loadMore, allRows, isLoading, isOld, failed, retry } = useConnection({
    query: ProductsDocument,
    filter,
    orderBy: sort,
    connectionOf: ({ products }) => products,
    toRow: (node) => readFragment(ProductRowFragmentDoc, node),
  });
  const { data: counted, retry: countAgain } = useGraph(
    ProductChoicesDocument,
    useMemo(() => ({ filter }), [filter]),
  );
  const choices = counted?.productFacets;
  // What lies there changes in the cache, row by row, where it stands; who is short of what is counted again.
  const onEvent = useCoalesced(countAgain, countAgainMs);
  useLive(
    StockChangedDocument,
    useMemo(() => ({ siteIds: [site.id] }), [site.id]),
    { onEvent },
  );
  const isNarrowed = searched !== '' || category !== null || show !== null;
  const withCount = (label: string, count: number | undefined) =>
    count === undefined ? label : `${label} (${format.number(count, { digits: 0 })})`;
  const form = companyId !== null && can('inventory:write') ? { companyId, currency } : null;
  const leaveForm = () => void setFilters({ edit: null });
  const afterForm = (id: string, isNew: boolean) => {
    retry();
    countAgain();
    // Nothing of a new product lies anywhere yet: only the whole catalogue has it.
    void setFilters(isNew ? { edit: null, product: id, where: 'all', show: null, category: null } : { edit: null });
  };
  const afterRemoval = () => {
    retry();
    countAgain();
    void setFilters({ edit: null, product: null });
  };
  return (
    <Panel
      title={t('title')}
      aside={
        <>
          <StockAge companyId={companyId ?? ''} />
          <LiveNote />
        </>
      }
      actions={
        form === null ? null : (
          <Button size="small" icon={<IconPlus size={15} />} onClick={() => void setFilters({ edit: 'new' })}>
            {t('form.make')}
          </Button>
        )
      }
      inset="flush"
    >
      {failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : (
        <DataTable
          caption={t('title')}
          columns={columns}
          rows={rows}
          rowId={rowId}
          isOld={isOld || searched !== search.trim()}
          order={{
            by: headOf(sort),
            columns: ['name', 'sku'],
            onChange: (by) => void setFilters({ sort: sortOf(by) }),
          }}
          totalCount={totalCount}
          onEnd={loadMore}
          onOpen={(row) => void setFilters({ product: row.id })}
          openId={product}
          page={{
            label: t('openProduct'),
            link: ({ id, name }) => (
              <Link
                href={{ pathname: `/inventory/products/${id}`, query }}
                aria-label={t('openProductOf', { product: name })}
                title={t('openProduct')}
              >
                <IconArrowUpRight size={16} aria-hidden="true" />
              </Link>
            ),
          }}
          allRows={allRows}
          fileName={`${site.code}-productos-${scope.today}`}
          placeholder={
            isLoading ? (
              <SkeletonRows count={8} />
            ) : isNarrowed ? (
              <EmptyState title={t('none.title')} hint={t('none.hint')} />
            ) : (
              <NoProducts hasCatalogue={where === null} />
            )
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
                options={categoryOptions(choices?.categories ?? [], category).map(({ name, count }) => ({
                  value: name,
                  label: withCount(name, count),
                }))}
                all={t('allCategories')}
                onChange={(next) => void setFilters({ category: next })}
              />
              <FilterSelect
                label={t('columns.state')}
                value={show}
                options={shownProducts.map((one) => ({
                  value: one,
                  label: withCount(t(`show.${one}`), one === 'withoutMovement' ? undefined : choices?.[one]),
                }))}
                all={t('allStates')}
                onChange={(next) => void setFilters({ show: next })}
              />
              <FilterSelect
                label={t('columns.site')}
                value={where}
                options={[{ value: 'all', label: t('everywhere') }]}
                all={t('here')}
                onChange={(next) => void setFilters({ where: next })}
              />
            </span>
          }
        />
      )}
      {product === null || edit !== null ? null : (
        <ProductSheet
          productId={product}
          known={rows.find((row) => row.id === product)}
          site={site}
          range={scope.range}
          currency={currency}
          onClose={() => void setFilters({ product: null })}
          {...(form === null ? {} : { onEdit: () => void setFilters({ edit: product }) })}
        />
      )}
      {form === null || edit === null ? null : edit === 'new' ? (
        <ProductForm {...form} product={null} onSaved={afterForm} onRemoved={afterRemoval} onClose={leaveForm} />
      ) : (
        <EditProduct {...form} id={edit} onSaved={afterForm} onRemoved={afterRemoval} onClose={leaveForm} />
      )}
    </Panel>
  );
}

/** The chosen one is offered even where nothing is left of it. */
function categoryOptions(
  counted: readonly { readonly name: string; readonly count: number }[],
  chosen: string | null,
): readonly { readonly name: string; readonly count: number | undefined }[] {
  return chosen === null || counted.some(({ name }) => name === chosen)
    ? counted
    : [{ name: chosen, count: undefined }, ...counted];
}

const rowId = (row: ProductRowFragment) => row.id;
