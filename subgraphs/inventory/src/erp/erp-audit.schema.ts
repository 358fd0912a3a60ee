import type { InventoryBuilder } from '../services.ts';
import type { SyncTypes } from '../sync/sync.schema.ts';
import type { ErpAudit, ErpChoice, ErpDoubt, ErpSample, ErpView } from './microsip/audit.ts';
import { erpDoubtCodes } from './microsip/audit.ts';

export type ErpAuditRefs = ReturnType<typeof addErpAudit>;

/** Adds what an audit of an ERP found. */
export function addErpAudit(builder: InventoryBuilder, { entity }: SyncTypes) {
  const kind = builder.enumType('ErpKind', { description: 'What an ERP is.', values: ['MICROSIP', 'SAMPLE'] as const });
  const code = builder.enumType('ErpDoubtCode', {
    description: 'What a person should look at.',
    values: erpDoubtCodes,
  });
  const choice = builder.objectRef<ErpChoice>('ErpChoice').implement({
    description: 'Something that an ERP has several of, such as a price list.',
    fields: (t) => ({
      id: t.exposeInt('id', { description: 'Its number in the ERP.' }),
      name: t.exposeString('name', { description: 'Its name there.' }),
      uses: t.exposeInt('uses', { description: 'Rows that use it.' }),
    }),
  });
  const view = builder.objectRef<ErpView>('ErpView').implement({
    description: 'A view that a company has laid over the tables of its ERP.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name in the ERP.' }),
      columns: t.stringList({ description: 'Its columns, in their order.', resolve: ({ columns }) => [...columns] }),
    }),
  });
  const sample = builder.objectRef<ErpSample>('ErpSample').implement({
    description: 'The first rows of a kind as the mapping reads them.',
    fields: (t) => ({
      entity: t.expose('entity', { type: entity, description: 'The kind of row.' }),
      fields: t.stringList({ description: 'Names of the columns.', resolve: (parent) => [...parent.fields] }),
      rows: t.field({ type: 'JSON', description: 'Values of each row, in that order.', resolve: ({ rows }) => rows }),
    }),
  });
  const doubt = builder.objectRef<ErpDoubt>('ErpDoubt').implement({
    description: 'What a person should look at before the mapping is confirmed.',
    fields: (t) => ({
      code: t.expose('code', { type: code, description: 'What it is.' }),
      entity: t.expose('entity', { type: entity, nullable: true, description: 'The kind of row; null for all.' }),
      detail: t.exposeString('detail', { description: 'What was found, in English.' }),
    }),
  });
  const audit = builder.objectRef<ErpAudit>('ErpAudit').implement({
    description: 'What was found in an ERP before anything is copied from it.',
    fields: (t) => ({
      clock: t.exposeString('clock', { description: "The ERP's clock then, without a zone." }),
      charset: t.exposeString('charset', { description: 'Character set of the database.' }),
      tables: t.exposeInt('tables', { description: 'How many tables it has.' }),
      views: t.stringList({ description: "The company's own views.", resolve: (parent) => [...parent.views] }),
      viewColumns: t.field({
        type: [view],
        description: "The company's own views with their columns; none in audits of an older version.",
        resolve: ({ viewColumns = [] }) => [...viewColumns],
      }),
      keyRoles: t.field({
        type: [choice],
        description: 'Roles of articles’ keys, the main one first.',
        resolve: (parent) => [...parent.keyRoles],
      }),
      priceLists: t.field({ type: [choice], description: 'Price lists.', resolve: (parent) => [...parent.priceLists] }),
      branches: t.field({ type: [choice], description: 'Branches.', resolve: (parent) => [...parent.branches] }),
      warehouses: t.field({ type: [choice], description: 'Warehouses.', resolve: (parent) => [...parent.warehouses] }),
      mapping: t.field({
        type: 'JSON',
        description: 'The mapping that is proposed, for `saveErpMapping`.',
        resolve: (parent) => parent.mapping,
      }),
      alternatives: t.field({
        type: 'JSON',
        description: 'By kind of row: how a view would be read where tables are proposed.',
        resolve: (parent) => parent.alternatives,
      }),
      samples: t.field({
        type: [sample],
        description: 'First rows of each kind.',
        resolve: (parent) => [...parent.samples],
      }),
      doubts: t.field({ type: [doubt], description: 'What to look at.', resolve: (parent) => [...parent.doubts] }),
    }),
  });
  return { audit, kind };
}
