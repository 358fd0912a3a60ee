import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../../refs.ts';
import type { InventoryBuilder } from '../../services.ts';
import type { ProvedDivergence, StockProof } from './stock-proof.ts';

/** Adds the proof of an ERP's stock against its movements, and asking for one. */
export function addStockProof(builder: InventoryBuilder, { product }: InventoryRefs) {
  const quantity = { type: 'Decimal' } as const;
  const document = builder.objectRef<NonNullable<ProvedDivergence['document']>>('StockDocument').implement({
    description: 'A document of the ERP that moved an article in a warehouse.',
    fields: (t) => ({
      key: t.exposeString('key', { description: 'Its id in the ERP.' }),
      folio: t.exposeString('folio', { nullable: true, description: 'Its number; null where the ERP has none.' }),
      on: t.expose('on', { type: 'Date', description: 'Its day.' }),
      units: t.expose('units', { ...quantity, description: 'What it moved of the article: in less out.' }),
    }),
  });
  const divergence = builder.objectRef<ProvedDivergence>('StockDivergence').implement({
    description: 'An article in a warehouse whose balance is not what its documents moved.',
    fields: (t) => ({
      article: t.exposeString('article', { description: 'Number of the article in the ERP.' }),
      product: t.field({
        type: product,
        nullable: true,
        description: 'The same in our copy; null while it is not here.',
        resolve: ({ productId }, _args, { services }) =>
          productId === null ? null : services.products.byId(productId),
      }),
      sku: t.exposeString('sku', { nullable: true, description: 'Code of the product when it was proved.' }),
      name: t.exposeString('name', { nullable: true, description: 'Name of the product when it was proved.' }),
      warehouse: t.exposeString('warehouse', { description: 'Number of the warehouse in the ERP.' }),
      warehouseName: t.exposeString('warehouseName', { nullable: true, description: 'Its name; null while unknown.' }),
      balance: t.expose('balance', { ...quantity, description: "Units by the ERP's balances, of all months." }),
      moved: t.expose('moved', { ...quantity, description: "Units by the ERP's documents, of all months." }),
      ours: t.expose('ours', {
        ...quantity,
        nullable: true,
        description: 'Units in our copy; null while it has none.',
      }),
      month: t.exposeString('month', { description: 'First month in which the two part: `2026-03`.' }),
      monthBalance: t.expose('monthBalance', { ...quantity, description: 'Net units of that month by the balances.' }),
      monthMoved: t.expose('monthMoved', { ...quantity, description: 'Net units of that month by the documents.' }),
      document: t.expose('document', {
        type: document,
        nullable: true,
        description: 'The first document at which they part; null when a balance moved without any.',
      }),
      isExact: t.exposeBoolean('isExact', {
        description: 'The document is just what the two differ by; otherwise it is the first of the month.',
      }),
    }),
  });
  const proof = builder.objectRef<StockProof>('StockProof').implement({
    description: "An ERP's balances of stock held against its own documents, and against our copy.",
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      provedAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
      erpClock: t.exposeString('erpClock', { description: "The ERP's clock at that look, without a zone." }),
      compared: t.exposeInt('compared', { description: 'Articles in warehouses that balances or documents know.' }),
      diverging: t.exposeInt('diverging', { description: 'How many of them part.' }),
      balanceSum: t.expose('balanceSum', { ...quantity, description: "Units by the ERP's balances." }),
      movementSum: t.expose('movementSum', { ...quantity, description: "Units by the ERP's documents." }),
      ourSum: t.expose('ourSum', { ...quantity, description: 'Units in our copy.' }),
      divergences: t.field({
        type: [divergence],
        description: 'The first 200 that part, by article and warehouse.',
        resolve: ({ divergences }) => [...divergences],
      }),
    }),
  });
  builder.mutationField('proveStock', (t) =>
    t.field({
      type: proof,
      description:
        'Holds the balances of an ERP against its documents of stock, both read at one moment and summed there. Two minutes at most.',
      authScopes: { permission: 'sync:trigger' },
      errors: { types: [NotFound, Conflict], union: { name: 'ProveStockResult' } },
      args: { installationId: t.arg.id({ description: 'The ERP.' }) },
      resolve: (_root, { installationId }, { services }) => services.stockProofs.prove(installationId),
    }),
  );
  return proof;
}
