import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../../refs.ts';
import type { InventoryBuilder } from '../../services.ts';
import type { ErpWarehouse } from './warehouse-placing.service.ts';

/** Adds the warehouses of an ERP, and saying at which site each is. */
export function addErpWarehouses(builder: InventoryBuilder, { site }: InventoryRefs) {
  const warehouse = builder.objectRef<ErpWarehouse>('ErpWarehouse').implement({
    description: 'A warehouse of an ERP, and the site where it is.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      key: t.exposeString('key', { description: 'Its number in the ERP.' }),
      name: t.exposeString('name', { description: 'Its name, as the ERP writes it.' }),
      code: t.exposeString('code', { nullable: true, description: 'Its short name there.' }),
      isActive: t.exposeBoolean('isActive', { description: 'It is used in the ERP.' }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'Where it is; null until somebody says so: only who reaches everything sees its stock then.',
        resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
      }),
      levels: t.exposeInt('levels', { description: 'Products with a balance in it.' }),
      levelsElsewhere: t.exposeInt('levelsElsewhere', {
        description: 'Balances that are still being brought to the site: some seconds after it was placed.',
      }),
    }),
  });
  const input = builder.inputType('PlaceWarehouseInput', {
    description: 'Where a warehouse of an ERP is.',
    fields: (t) => ({
      warehouseId: t.id({ description: 'The warehouse.' }),
      siteId: t.id({ required: false, description: 'The site; null takes it from the one where it was.' }),
    }),
  });
  builder.mutationField('placeWarehouse', (t) =>
    t.field({
      type: warehouse,
      description:
        'Says at which site a warehouse of an ERP is. Its stock, sales and movements follow in the background, and who sees them.',
      authScopes: { permission: 'inventory:write' },
      errors: { types: [NotFound, Conflict], union: { name: 'PlaceWarehouseResult' } },
      args: { input: t.arg({ type: input, description: 'The warehouse and its site.' }) },
      resolve: (_root, { input: { warehouseId, siteId } }, { services }) =>
        services.warehousePlacing.place({ warehouseId, siteId: siteId ?? null }),
    }),
  );
  return warehouse;
}
