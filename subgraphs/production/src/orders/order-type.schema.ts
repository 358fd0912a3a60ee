import { can } from '@cauce/shared/auth/viewer';
import { dayOf, wallClockText } from '../plant-time.ts';
import type { ProductionRefs } from '../refs.ts';
import type { ProductionBuilder } from '../services.ts';
import { orderStatuses, sackoffPct } from './order.ts';
import { orderQualityFlags, qualityFlags } from './order-quality.ts';

/** Adds `ProductionOrder`, its enums and its keys; answers what other features need of it. */
export function addOrderType(builder: ProductionBuilder, { order, site, company, product }: ProductionRefs) {
  const status = builder.enumType('ProductionOrderStatus', {
    description: 'OPEN: being made or not yet dispatched. CANCELLED: all of it cancelled and nothing made.',
    values: orderStatuses,
  });
  const qualityFlag = builder.enumType('ProductionOrderQualityFlag', {
    description:
      'What is wrong with an order as it was written. NEGATIVE_QUANTITY and IMPLAUSIBLE_YIELD keep it out of every number.',
    values: orderQualityFlags,
  });
  const weight = { type: 'Float', nullable: true } as const;

  order.implement({
    description: 'An order to make feed at a plant, as the plant’s own system (`produccion_aliar`) keeps it.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      orderNumber: t.exposeString('orderNumber', { description: 'Number in the source system, such as `OPN-004711`.' }),
      registryId: t.exposeInt('registryId', { description: 'Row of the source table (`id_registro`).' }),
      producedAtLocal: t.string({
        description: 'Date and time on the plant’s own clock, ISO 8601 without offset: `2026-11-20T14:05:00`.',
        resolve: ({ producedAt }) => wallClockText(producedAt),
      }),
      producedOn: t.field({
        type: 'Date',
        description: 'Calendar day at the plant.',
        resolve: ({ producedAt }) => dayOf(producedAt),
      }),
      plant: t.exposeString('plant', { nullable: true, description: 'Plant name as the source writes it.' }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'The site that the plant is; null while the plant’s name is not mapped.',
        resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
      }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'The company that the plant belongs to; null while the plant’s name is not mapped.',
        resolve: ({ companyId }) => (companyId === null ? null : { id: companyId }),
      }),
      product: t.field({
        type: product,
        nullable: true,
        description: 'The feed that is made, found by its sku; null when the order names none.',
        resolve: ({ productSku }) => (productSku === null ? null : { sku: productSku }),
      }),
      productSku: t.exposeString('productSku', {
        nullable: true,
        description: 'Product reference of the source, a sku of the inventory.',
      }),
      productName: t.exposeString('productName', { nullable: true, description: 'Product name as the source has it.' }),
      status: t.expose('status', { type: status, description: 'How far the order is.' }),
      isDispatched: t.exposeBoolean('isDispatched', { description: 'Finished and dispatched.' }),
      hasAdiflow: t.exposeBoolean('hasAdiflow', {
        nullable: true,
        description: 'Made with the additive Adiflow; null when the order does not say.',
      }),
      plannedTons: t.expose('plannedTons', { ...weight, description: 'Planned, metric tons.' }),
      producedTons: t.expose('producedTons', { ...weight, description: 'Produced, metric tons.' }),
      cancelledTons: t.expose('cancelledTons', { ...weight, description: 'Cancelled, metric tons.' }),
      rawMaterialTons: t.expose('rawMaterialTons', { ...weight, description: 'Raw material consumed, metric tons.' }),
      waterKg: t.expose('waterKg', { ...weight, description: 'Water added, kilograms.' }),
      differenceTons: t.expose('differenceTons', {
        ...weight,
        description: 'Planned − produced − cancelled, metric tons, positive for a loss; recomputed, not as stored.',
      }),
      sackoffPct: t.float({
        nullable: true,
        description:
          'Difference as percent of produced, positive for a loss. For one order: a total is made from sums.',
        resolve: (parent) => sackoffPct(parent),
      }),
      storedDifferenceTons: t.expose('storedDifferenceTons', {
        ...weight,
        description: 'Difference as the source stored it, in the source’s own sign.',
      }),
      postGreaseOilPct: t.expose('postGreaseOilPct', { ...weight, description: 'Oil after post-greasing, percent.' }),
      distributorPressurePsi: t.expose('distributorPressurePsi', {
        ...weight,
        description: 'Steam pressure at the distributor, psi.',
      }),
      feederLoadPct: t.expose('feederLoadPct', { ...weight, description: 'Load of the feeder, percent.' }),
      conditionerPressurePsi: t.expose('conditionerPressurePsi', {
        ...weight,
        description: 'Steam pressure at the conditioner, psi.',
      }),
      qaDurabilityPct: t.expose('qaDurabilityPct', {
        ...weight,
        description: 'Pellet durability (PDI) by the agroindustrial laboratory, percent: the official value.',
      }),
      qaHardness: t.expose('qaHardness', {
        ...weight,
        description: 'Pellet hardness by the agroindustrial laboratory, in `hardnessUnit`: the official value.',
      }),
      qaFinesPct: t.expose('qaFinesPct', {
        ...weight,
        description: 'Fines by the agroindustrial laboratory, percent: the official value.',
      }),
      durabilityPct: t.expose('durabilityPct', { ...weight, description: 'Durability measured at the line, percent.' }),
      hardness: t.expose('hardness', { ...weight, description: 'Hardness measured at the line, in `hardnessUnit`.' }),
      finesPct: t.expose('finesPct', { ...weight, description: 'Fines measured at the line, percent.' }),
      hardnessUnit: t.string({
        nullable: true,
        description: 'Unit that the plant measures hardness in, such as `kg/cm2`; null for an unknown plant.',
        resolve: async (parent, _args, { services }) =>
          (await services.orders.conventionOf(parent))?.hardnessUnit ?? null,
      }),
      durabilityMethod: t.string({
        nullable: true,
        description: 'Test method behind the durability; values of different methods do not compare.',
        resolve: async (parent, _args, { services }) =>
          (await services.orders.conventionOf(parent))?.durabilityMethod ?? null,
      }),
      qualityFlags: t.field({
        type: [qualityFlag],
        description: 'What is wrong with the order as it was written; empty when nothing is.',
        resolve: async (parent, _args, { services }) =>
          qualityFlags(parent, await services.orders.conventionOf(parent)),
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it arrived here.' }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        description: 'When it last changed here; give it back as `expectedUpdatedAt` to change what you have seen.',
      }),
    }),
  });

  builder.asEntity(order, {
    key: [builder.selection<{ id: string }>('id'), builder.selection<{ orderNumber: string }>('orderNumber')],
    resolveReference: (key, { services, viewer }) => {
      if (!can(viewer, 'production:read')) return null;
      return 'id' in key ? services.orders.byId(key.id) : services.orders.byNumber(key.orderNumber);
    },
  });
  return {
    status,
    connection: builder.connectionObject(
      { type: order, name: 'ProductionOrderConnection', description: 'Production orders, page by page.' },
      { name: 'ProductionOrderEdge' },
    ),
  };
}
