'use client';
import { IconPencil } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useRouter } from '../../../i18n/navigation.ts';
import { useScopeQuery } from '../../../shell/use-scope-query.ts';
import { Button } from '../../../ui/button.tsx';
import { EditProduct } from '../products/edit-product.tsx';

/** Opens the form of a product from its own page; who removes it is led back to the others. */
export function ChangeProduct({
  id,
  companyId,
  currency,
  onSaved,
}: {
  readonly id: string;
  readonly companyId: string;
  readonly currency: string;
  readonly onSaved: () => void;
}) {
  const t = useTranslations('inventory.products.form');
  const router = useRouter();
  const query = useScopeQuery();
  const [isOpen, setOpen] = useQueryState('edit', parseAsBoolean.withDefault(false));
  const close = () => void setOpen(null);
  return (
    <>
      <Button size="small" icon={<IconPencil size={15} aria-hidden="true" />} onClick={() => void setOpen(true)}>
        {t('change')}
      </Button>
      {isOpen ? (
        <EditProduct
          {...{ id, companyId, currency }}
          onSaved={() => {
            close();
            onSaved();
          }}
          onRemoved={() => router.push({ pathname: '/inventory/products', query })}
          onClose={close}
        />
      ) : null}
    </>
  );
}
