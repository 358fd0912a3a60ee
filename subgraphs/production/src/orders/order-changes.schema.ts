import type { ProductionRefs } from '../refs.ts';
import type { ProductionBuilder } from '../services.ts';
import { type OrderChange, orderChangeKinds } from './order-changes.service.ts';

/** Adds the live subscription of orders. */
export function addOrderChanges(builder: ProductionBuilder, { order, site, company }: ProductionRefs): void {
  const kind = builder.enumType('ProductionChangeKind', {
    description: 'What happened to the order.',
    values: orderChangeKinds,
  });
  const change = builder.objectRef<OrderChange>('ProductionChange').implement({
    description: 'One change of one order, whichever program made it.',
    fields: (t) => ({
      kind: t.expose('kind', { type: kind, description: 'What happened.' }),
      orderId: t.exposeID('orderId', { description: 'The order, also when it is gone.' }),
      orderNumber: t.exposeString('orderNumber', { description: 'Its number.' }),
      occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was written.' }),
      order: t.field({
        type: order,
        nullable: true,
        description: 'The order as it is now; null when it was deleted.',
        resolve: ({ orderId }, _args, { services }) => services.orders.byId(orderId),
      }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'The plant; ask it for `production(range)` to have its numbers of now.',
        resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
      }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'The company of the plant.',
        resolve: ({ companyId }) => (companyId === null ? null : { id: companyId }),
      }),
    }),
  });

  builder.subscriptionField('productionChanged', (t) =>
    t.field({
      type: change,
      description: 'Orders as they are recorded, changed or deleted, also by programs that write the table directly.',
      authScopes: { permission: 'production:read' },
      args: {
        siteIds: t.arg.idList({ required: false, description: 'Only these sites; all within reach if left out.' }),
      },
      subscribe: (_root, { siteIds }, { services }) => services.orderChanges(siteIds ?? null),
      resolve: (event, _args, { services }) => {
        // What earlier events loaded is no longer true.
        services.forgetLoaded();
        return event;
      },
    }),
  );
}
