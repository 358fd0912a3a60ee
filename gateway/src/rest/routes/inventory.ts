import { z } from 'zod';
import { at, computed, object, valueAt } from '../answer.ts';
import { uploadAnswer } from '../handle-upload.ts';
import type { Route } from '../route.ts';

const sku = z.string().min(1).max(50);
const name = z.string().min(1).max(255);
const id = z.string().min(1).max(200);

const pagination = computed(
  z.object({ page: z.int(), limit: z.int(), total: z.int(), totalPages: z.int() }),
  ({ data, input }) => {
    const total = Number(valueAt(data, 'products.totalCount'));
    const limit = Number(input.limit);
    return { page: Number(input.page), limit, total, totalPages: Math.ceil(total / limit) };
  },
);

/** Products and their stock, in the words of the system they come from. Decimals are text, so that no digit is lost. */
export const inventoryRoutes: readonly Route[] = [
  {
    kind: 'operation',
    method: 'GET',
    path: '/api/inventory',
    tag: 'inventory',
    summary: 'Products, a page at a time',
    description: '`almacen` is the id of a site, from `/api/data/sites`.',
    operation: 'inventory-list',
    rules: { limit: z.int().min(1).max(100) },
    paging: { connection: 'products', skip: 'inventory-skip', size: 'limit' },
    answer: object({ data: at('products.edges.node'), pagination }),
  },
  {
    kind: 'operation',
    method: 'GET',
    path: '/api/inventory/{id}',
    tag: 'inventory',
    summary: 'A product with its stock at every site you reach',
    operation: 'inventory-one',
    rules: { id },
    one: 'product',
    answer: object({
      producto: at('product', { except: ['inventario'] }),
      inventario: at('product.inventario'),
    }),
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/inventory',
    tag: 'inventory',
    summary: 'Adds a product',
    description: 'Who reaches several companies names one in `companyId`.',
    operation: 'inventory-create',
    rules: { codigo: sku, nombre: name },
    status: 201,
    answer: object({ producto: at('createProduct') }),
    example: { codigo: 'REP-0001', nombre: 'Rodamiento 6204', precio: '12480.60', categoria: 'Repuestos' },
  },
  {
    kind: 'operation',
    method: 'PUT',
    path: '/api/inventory/{id}',
    tag: 'inventory',
    summary: 'Changes a product; what is not named stays',
    description: 'With `expectedUpdatedAt`, 409 when somebody else changed it meanwhile.',
    operation: 'inventory-update',
    rules: { id, codigo: sku, nombre: name },
    answer: object({ producto: at('updateProduct') }),
    example: { precio: '13100.00' },
  },
  {
    kind: 'operation',
    method: 'DELETE',
    path: '/api/inventory/{id}',
    tag: 'inventory',
    summary: 'Removes a product; 409 while something refers to it',
    operation: 'inventory-delete',
    rules: { id },
  },
  {
    kind: 'upload',
    method: 'POST',
    path: '/api/inventory/upload',
    tag: 'inventory',
    summary: 'Imports a spreadsheet of stock or sales',
    description:
      'All of it or nothing: refused rows are answered 422 by cell, unless `skipRefused` leaves them out. The same file again changes nothing.',
    schema: uploadAnswer,
    steps: {
      start: 'inventory-upload-start',
      state: 'inventory-upload-state',
      commit: 'inventory-upload-commit',
      discard: 'inventory-upload-discard',
    },
  },
];
