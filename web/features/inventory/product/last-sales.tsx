'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  LastSalesDocument,
  type SoldDocumentFragment,
  SoldDocumentFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import classes from '../inventory.module.css';
import { useUnits } from '../units/use-units.ts';
import { type SoldTo, soldTo } from './sold-to.ts';

/** Who bought a product last at a site, how many, and at which price: what a buyer asks before ordering more of it. */
export function LastSales({
  productId,
  site,
  unit,
  currency,
}: {
  readonly productId: string;
  readonly site: ScopeSite;
  readonly unit: string | null;
  readonly currency: string;
}) {
  const t = useTranslations('inventory.product.lastSales');
  const format = useFormat();
  const units = useUnits();
  const { data, isLoading, failed, failures, retry } = useGraph(
    LastSalesDocument,
    useMemo(() => ({ productId, siteIds: [site.id] }), [productId, site.id]),
  );
  const documents: readonly SoldDocumentFragment[] = (data?.sales.edges ?? []).map(({ node }) =>
    readFragment(SoldDocumentFragmentDoc, node),
  );
  const rows = documents.map((one) => soldTo(one, productId));
  const failure = failed ?? failureAt(failures, 'sales');
  const columns: readonly TableColumn<SoldTo>[] = [
    {
      id: 'customer',
      label: t('customer'),
      value: ({ customer }) => customer,
      cell: ({ customer, folio, isReturn }) => (
        <span className={classes.proposal}>
          <span>{customer ?? t('nobody')}</span>
          <span className={classes.reason}>{isReturn ? t('returned', { folio }) : folio}</span>
        </span>
      ),
    },
    { id: 'day', label: t('day'), align: 'end', value: ({ soldOn }) => format.day(soldOn, false) },
    {
      id: 'quantity',
      label: t('quantity'),
      align: 'end',
      value: ({ quantity }) => quantity,
      cell: ({ quantity }) => units.quantity(quantity, unit),
    },
    {
      id: 'net',
      label: t('net'),
      unit: currency,
      align: 'end',
      isWide: true,
      value: ({ net }) => net,
      cell: ({ net }) => format.amount(net, currency),
    },
  ];
  return (
    <Panel title={t('title', { site: site.name })}>
      {isLoading ? (
        <SkeletonRows count={5} height={48} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('what')} onRetry={retry} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('none.title')} hint={t('none.hint')} />
      ) : (
        <SmallTable caption={t('title', { site: site.name })} columns={columns} rows={rows} rowId={({ id }) => id} />
      )}
    </Panel>
  );
}
