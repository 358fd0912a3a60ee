import { can } from '@cauce/shared/auth/viewer';
import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';

/** Adds the entity `Customer` and its list. */
export function addCustomers(builder: InventoryBuilder, { customer, company }: InventoryRefs): void {
  customer.implement({
    description: 'Who is sold to, as copied from the ERP.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      erpId: t.exposeString('erpId', { nullable: true, description: 'Its number in the ERP.' }),
      name: t.exposeString('name', { description: 'Name, as the ERP writes it.' }),
      taxId: t.exposeString('taxId', { nullable: true, description: 'Number for the tax office (RUT in Chile).' }),
      email: t.exposeString('email', { nullable: true, description: 'Mail address.' }),
      phone: t.exposeString('phone', { nullable: true, description: 'Phone, as the ERP writes it.' }),
      address: t.exposeString('address', { nullable: true, description: 'Street address.' }),
      isActive: t.exposeBoolean('isActive', { description: 'Still sold to.' }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'The company that sells to it.',
        resolve: ({ companyId }) => (companyId === null ? null : { id: companyId }),
      }),
      lastSyncedAt: t.expose('lastSyncedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was last copied from the ERP.',
      }),
    }),
  });
  builder.asEntity(customer, {
    key: [builder.selection<{ id: string }>('id'), builder.selection<{ erpId: string }>('erpId')],
    resolveReference: (key, { services, viewer }) => {
      if (!can(viewer, 'inventory:read')) return null;
      return 'id' in key ? services.customers.byId(key.id) : services.customers.byErpId(key.erpId);
    },
  });

  const filter = builder.inputType('CustomerFilterInput', {
    description: 'Which customers to list; what is left out does not narrow.',
    fields: (t) => ({
      search: t.string({
        required: false,
        description: 'Parts of the name, the tax number or the number in the ERP; accents and case do not count.',
      }),
      companyIds: t.idList({ required: false, description: 'Of one of these companies.' }),
      active: t.boolean({ required: false, description: 'Still sold to, or not.' }),
    }),
  });
  builder.queryField('customers', (t) =>
    t.connection(
      {
        type: customer,
        description: 'Customers of the companies that the viewer reaches, by name.',
        authScopes: { permission: 'inventory:read' },
        args: { filter: t.arg({ type: filter, required: false }) },
        resolve: (_root, { filter: wanted, ...page }, { services }) => services.customers.page(wanted ?? {}, page),
      },
      { name: 'CustomerConnection', description: 'Customers, page by page.' },
      { name: 'CustomerEdge' },
    ),
  );
}
