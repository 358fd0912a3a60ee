'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  CreateProductDocument,
  DeleteProductDocument,
  type EditedProductFragment,
  UpdateProductDocument,
} from '../../../graphql/generated/graphql.ts';
import { type Refusal, useAct } from '../../../graphql/use-act.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { SelectField, TextArea, TextField } from '../../../ui/form/field.tsx';
import { FormSheet } from '../../../ui/form/form-sheet.tsx';
import { useFieldWords } from '../../../ui/form/use-field-words.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import {
  createdProduct,
  emptyProduct,
  type ProductForm as Form,
  formOfProduct,
  updatedProduct,
} from './product-fields.ts';

const texts = ['unit', 'barcode'] as const;
const amounts = ['price', 'cost'] as const;
const states = ['onSale', 'offSale'] as const;
const worded = ['STALE', 'STILL_REFERENCED', 'OWNED_BY_ERP'] as const;

/** Makes a product, changes it, or removes it where nothing points at it. What the ERP holds is shown and not changed. */
export function ProductForm({
  product,
  companyId,
  currency,
  onSaved,
  onRemoved,
  onClose,
}: {
  /** Null for a new one. */
  readonly product: EditedProductFragment | null;
  readonly companyId: string;
  readonly currency: string;
  readonly onSaved: (id: string, isNew: boolean) => void;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('inventory.products.form');
  const { language } = useFormat();
  const { act, isBusy, refusal } = useAct();
  const wrong = useFieldWords(refusal);
  const [before] = useState(() =>
    product === null ? emptyProduct : formOfProduct(product, language === 'es' ? ',' : '.'),
  );
  const [form, setForm] = useState(before);
  const labelOf = (key: keyof Form) =>
    key === 'price' || key === 'cost' ? `${t(`fields.${key}`)}, ${currency}` : t(`fields.${key}`);
  const fieldOf = <Key extends keyof Form>(key: Key, path: string = key) => ({
    label: labelOf(key),
    value: form[key],
    // The only refusal that is about one field and no rule of it.
    wrong: key === 'sku' && refusal?.code === 'DUPLICATE_SKU' ? t('refused.DUPLICATE_SKU') : wrong(path),
    disabled: product?.heldByErp.includes(path) === true,
    hint: product?.heldByErp.includes(path)
      ? t('held')
      : product?.overwrittenByErp.includes(path)
        ? t('overwritten')
        : undefined,
    onChange: (value: Form[Key]) => setForm({ ...form, [key]: value }),
  });
  const submit = async () => {
    if (product === null) {
      const made = (await act(CreateProductDocument, { input: createdProduct(form, companyId) }))?.createProduct;
      if (made?.__typename === 'Product') onSaved(idOf(made), true);
      return;
    }
    if ((await act(UpdateProductDocument, { input: updatedProduct(form, before, product) })) !== null)
      onSaved(product.id, false);
  };
  const remove = async () => {
    if (product !== null && (await act(DeleteProductDocument, { input: { id: product.id } })) !== null) onRemoved();
  };
  return (
    <FormSheet
      title={product?.name ?? t('make')}
      submitLabel={t('save')}
      isBusy={isBusy}
      refusal={<RefusalNote refusal={refusal} words={useRefusalWords()} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField {...fieldOf('name')} required maxLength={255} />
      <TextField {...fieldOf('sku')} required maxLength={50} />
      <TextField {...fieldOf('category')} maxLength={100} />
      {texts.map((key) => (
        <TextField key={key} {...fieldOf(key)} maxLength={50} />
      ))}
      {amounts.map((key) => (
        <TextField key={key} {...fieldOf(key)} inputMode="decimal" pattern="\s*[0-9]{1,12}([.,][0-9]{1,6})?\s*" />
      ))}
      <TextArea {...without(fieldOf('description'))} />
      {product?.heldByErp.includes('isActive') ? null : (
        <SelectField
          {...without(fieldOf('state', 'isActive'))}
          options={states.map((value) => ({ value, label: t(value) }))}
        />
      )}
      {product === null || product.heldByErp.length > 0 ? null : (
        <ConfirmButton label={t('remove')} question={t('removeHint')} isBusy={isBusy} onConfirm={remove} />
      )}
    </FormSheet>
  );
}

function useRefusalWords(): (refusal: Refusal) => string | undefined {
  const t = useTranslations('inventory.products.form.refused');
  const common = useTranslations('refused');
  return ({ code }) => {
    if (code === 'DUPLICATE_SKU') return common('fields');
    const known = worded.find((one) => one === code);
    return known === undefined ? undefined : t(known);
  };
}

function without<Props extends { readonly disabled: boolean }>({ disabled: _, ...props }: Props) {
  return props;
}

function idOf(made: object): string {
  return String(Reflect.get(made, 'id'));
}
