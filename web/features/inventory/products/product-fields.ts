import type {
  CreateProductInput,
  EditedProductFragment,
  UpdateProductInput,
} from '../../../graphql/generated/graphql.ts';

/** A product as its form has it: all text, as typed. */
export interface ProductForm {
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly unit: string;
  readonly barcode: string;
  readonly price: string;
  readonly cost: string;
  readonly state: 'onSale' | 'offSale';
}

export const emptyProduct: ProductForm = {
  ...{ sku: '', name: '', description: '', category: '', unit: '', barcode: '', price: '', cost: '', state: 'onSale' },
};

/** @param decimal the sign between whole and parts, as the reader writes it */
export function formOfProduct(product: EditedProductFragment, decimal: string): ProductForm {
  const amount = (text: string | null | undefined) => (text ?? '').replace('.', decimal);
  return {
    ...{ sku: product.sku, name: product.name, description: product.description ?? '' },
    ...{ category: product.category ?? '', unit: product.unit ?? '', barcode: product.barcode ?? '' },
    ...{ price: amount(product.price), cost: amount(product.cost), state: product.isActive ? 'onSale' : 'offSale' },
  };
}

/** What a new product is made of. */
export function createdProduct(form: ProductForm, companyId: string): CreateProductInput {
  return { companyId, ...sent(form) };
}

/** What is changed of a product, and only that: what the ERP holds is never sent along. */
export function updatedProduct(
  form: ProductForm,
  before: ProductForm,
  { id, updatedAt }: Pick<EditedProductFragment, 'id' | 'updatedAt'>,
): UpdateProductInput {
  const [now, then] = [sent(form), sent(before)];
  const changed = Object.entries(now).filter(([key, value]) => value !== Reflect.get(then, key));
  return { id, expectedUpdatedAt: updatedAt, ...Object.fromEntries(changed) };
}

function sent({ state, sku, name, ...texts }: ProductForm) {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    ...{ sku: sku.trim(), name: name.trim(), isActive: state === 'onSale' },
    ...{ description: orNull(texts.description), category: orNull(texts.category), unit: orNull(texts.unit) },
    ...{ barcode: orNull(texts.barcode), price: amountOf(texts.price), cost: amountOf(texts.cost) },
  };
}

/** A comma and a point mean the same here: nobody types thousands apart. */
function amountOf(text: string): string | null {
  const plain = text.trim().replace(',', '.');
  return plain === '' ? null : plain;
}
