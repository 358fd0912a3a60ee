import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import type { ReplenishmentSetting } from './setting.ts';

/** Adds how products are bought, and the changes of it. Answers the type, which proposals show. */
export function addReplenishmentSettings(builder: InventoryBuilder, { product, site }: InventoryRefs) {
  const setting = builder.objectRef<ReplenishmentSetting>('ReplenishmentSetting').implement({
    description:
      'How a product is bought for a site, or for every site of its company that has no setting of its own. Quantities ' +
      "are in the product's unit.",
    fields: (t) => {
      const optional = { type: 'Decimal', nullable: true } as const;
      return {
        id: t.exposeID('id', { description: 'Opaque id.' }),
        product: t.field({
          type: product,
          nullable: true,
          description: "The product; null for who reaches the site and not its company's catalogue.",
          resolve: ({ productId }, _args, { services }) => services.products.byId(productId),
        }),
        site: t.field({
          type: site,
          nullable: true,
          description: 'For which site; null for every site without a setting of its own.',
          resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
        }),
        supplierName: t.exposeString('supplierName', { nullable: true, description: 'Who it is bought from.' }),
        leadTimeDays: t.exposeInt('leadTimeDays', { description: 'Days from order to arrival.' }),
        reviewPeriodDays: t.exposeInt('reviewPeriodDays', { description: 'Days between orders.' }),
        packSize: t.expose('packSize', { type: 'Decimal', description: 'Units in the smallest order.' }),
        minimumOrder: t.expose('minimumOrder', { ...optional, description: 'Units that an order has at least.' }),
        minimum: t.expose('minimum', {
          ...optional,
          description: "Units not to fall below; null: the stock's own minimum holds.",
        }),
        maximum: t.expose('maximum', {
          ...optional,
          description: "Units not to exceed; null: the stock's own maximum holds, if it has one.",
        }),
        serviceLevel: t.expose('serviceLevel', {
          type: 'Decimal',
          description: 'Share of cycles without running out, 0 to 1.',
        }),
        updatedAt: t.expose('updatedAt', {
          type: 'DateTime',
          description: 'When it last changed; give it back as `expectedUpdatedAt` to change what you have seen.',
        }),
      };
    },
  });

  const fields = (t: Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0]) => ({
    supplierName: t.string({
      required: false,
      description: 'Who it is bought from, at most 120 characters; null for nobody.',
    }),
    leadTimeDays: t.int({ required: false, description: 'Days from order to arrival, 0 to 365.' }),
    reviewPeriodDays: t.int({ required: false, description: 'Days between orders, 0 to 365.' }),
    packSize: t.field({ type: 'Decimal', required: false, description: 'Units in the smallest order, more than 0.' }),
    minimumOrder: t.field({
      type: 'Decimal',
      required: false,
      description: 'Units that an order has at least; null for none.',
    }),
    minimum: t.field({
      type: 'Decimal',
      required: false,
      description: "Units not to fall below; null for the stock's own.",
    }),
    maximum: t.field({
      type: 'Decimal',
      required: false,
      description: "Units not to exceed, not less than the minimum; null for the stock's own.",
    }),
    serviceLevel: t.field({
      type: 'Decimal',
      required: false,
      description: 'Share of cycles without running out, 0.5 to 0.9999.',
    }),
  });
  const siteDescription = 'For which site; left out, for every site without a setting of its own.';
  const one = builder.inputType('SaveReplenishmentSettingInput', {
    description:
      'How a product is bought: what is left out stays. A new setting of a site begins with what held there before.',
    fields: (t) => ({
      productId: t.id({ description: 'The product.' }),
      siteId: t.id({ required: false, description: siteDescription }),
      expectedUpdatedAt: t.field({
        type: 'DateTime',
        required: false,
        description:
          '`updatedAt` of the setting that was seen, or nothing when there was none; STALE if it is another now.',
      }),
      ...fields(t),
    }),
  });
  const many = builder.inputType('SaveReplenishmentSettingsInput', {
    description: 'The same fields for many products: what is left out stays as each of them has it.',
    fields: (t) => ({
      productIds: t.idList({ description: 'The products, each once, at most 200.' }),
      siteId: t.id({ required: false, description: siteDescription }),
      ...fields(t),
    }),
  });
  const saved = builder
    .objectRef<{ readonly settings: readonly ReplenishmentSetting[] }>('SavedReplenishmentSettings')
    .implement({
      description: 'The settings of many products after one change.',
      fields: (t) => ({
        settings: t.field({
          type: [setting],
          description: 'In the order of the products that were given.',
          resolve: ({ settings }) => [...settings],
        }),
      }),
    });
  const authScopes = { permission: 'inventory:write' } as const;
  const types = [NotFound, Conflict, ValidationFailed];

  builder.mutationField('saveReplenishmentSetting', (t) =>
    t.field({
      type: setting,
      description: 'Says how a product is bought for a site, or for every site.',
      authScopes,
      errors: { types, union: { name: 'SaveReplenishmentSettingResult' } },
      args: { input: t.arg({ type: one }) },
      resolve: (_root, args, { services }) => services.replenishmentSettings.save(args.input),
    }),
  );
  builder.mutationField('saveReplenishmentSettings', (t) =>
    t.field({
      type: saved,
      description: 'Says how many products are bought: all of them are changed, or none.',
      authScopes,
      errors: { types, union: { name: 'SaveReplenishmentSettingsResult' } },
      args: { input: t.arg({ type: many }) },
      resolve: async (_root, args, { services }) => ({
        settings: await services.replenishmentSettings.saveMany(args.input),
      }),
    }),
  );
  return setting;
}
