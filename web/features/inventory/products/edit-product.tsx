'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { EditedProductFragmentDoc, ProductToEditDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { ProductForm } from './product-form.tsx';

/** The form of one product, once it is known what stands in it. */
export function EditProduct({
  id,
  onClose,
  ...form
}: { readonly id: string } & Omit<Parameters<typeof ProductForm>[0], 'product'>) {
  const t = useTranslations('inventory.products');
  const answer = useGraph(
    ProductToEditDocument,
    useMemo(() => ({ id }), [id]),
  );
  const product = readFragment(EditedProductFragmentDoc, answer.data?.product);
  if (product) return <ProductForm key={product.id} {...form} product={product} onClose={onClose} />;
  const failure =
    answer.failed ?? (answer.data === undefined ? null : { code: 'NOT_FOUND', requestId: null, path: 'product' });
  return (
    <Sheet name={t('product')} side="right" onClose={onClose} hasTitle>
      {failure === null ? (
        <SkeletonRows count={8} />
      ) : (
        <ErrorState failure={failure} what={t('product')} onRetry={answer.retry} />
      )}
    </Sheet>
  );
}
