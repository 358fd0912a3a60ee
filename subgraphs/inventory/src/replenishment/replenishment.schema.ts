import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import { explainProposal } from './explain.ts';
import { type ReplenishmentProposal, replenishmentReasons } from './replenishment.ts';

/** Adds what a site should buy. */
export function addReplenishment(builder: InventoryBuilder, { product, site, text }: InventoryRefs): void {
  const reason = builder.enumType('ReplenishmentReason', {
    description: 'What on-hand stock fell below.',
    values: replenishmentReasons,
  });
  const proposal = builder.objectRef<ReplenishmentProposal>('ReplenishmentProposal').implement({
    description:
      'What to buy of one product for one site, from the net demand of the last 90 complete days: d and s, its mean and ' +
      'deviation a day; L, the lead time; R, the days between reviews; z, the normal quantile of the service level.',
    fields: (t) => {
      const quantity = (name: QuantityField, description: string) => t.expose(name, { type: 'Decimal', description });
      return {
        product: t.field({
          type: product,
          nullable: true,
          description: "The product; null for who reaches the site and not its company's catalogue.",
          resolve: ({ productId }, _args, { services }) => services.products.byId(productId),
        }),
        site: t.field({ type: site, description: 'For which site.', resolve: ({ siteId }) => ({ id: siteId }) }),
        reason: t.expose('reason', { type: reason, description: 'What on-hand stock fell below.' }),
        explanation: t.field({
          type: text,
          description: 'Why, and how the quantity came about, in one line.',
          resolve: (parent) => explainProposal(parent),
        }),
        quantity: quantity(
          'quantity',
          'Units to order: target less on hand, at least the minimum order, in whole packs.',
        ),
        orderCost: t.expose('orderCost', {
          type: 'Decimal',
          nullable: true,
          description: "Money for the order at cost, in the company's currency; null when the cost is not known.",
        }),
        valueAtRisk: quantity(
          'valueAtRisk',
          "Money: demand over the lead time that on-hand stock does not cover, at list price, in the company's currency.",
        ),
        onHand: quantity('onHand', 'Units on hand at the site.'),
        minimum: quantity('minimum', 'Units not to fall below.'),
        maximum: t.expose('maximum', { type: 'Decimal', nullable: true, description: 'Units not to exceed.' }),
        dailyDemand: quantity('dailyDemand', 'd: units a day, returns taken off.'),
        demandDeviation: quantity('demandDeviation', 's: standard deviation of the units of a day.'),
        leadTimeDays: t.exposeInt('leadTimeDays', { description: 'L: days from order to arrival; 7 unless set.' }),
        reviewPeriodDays: t.exposeInt('reviewPeriodDays', { description: 'R: days between orders; 7 unless set.' }),
        serviceLevel: quantity('serviceLevel', 'Share of cycles without running out, 0 to 1; 0.95 unless set.'),
        packSize: quantity('packSize', 'Units in the smallest order; 1 unless set.'),
        safetyStock: quantity('safetyStock', 'z s √(L + R): units against bad luck.'),
        reorderPoint: quantity('reorderPoint', 'The greater of the minimum and d L + z s √L: order at or below it.'),
        targetLevel: quantity(
          'targetLevel',
          'The greater of the minimum and d (L + R) + safety stock, at most the maximum.',
        ),
        supplierName: t.exposeString('supplierName', { nullable: true, description: 'Who it is bought from.' }),
      };
    },
  });

  builder.queryField('replenishmentProposals', (t) =>
    t.connection(
      {
        type: proposal,
        description: 'What a site should buy now, most money at risk first. Nothing for a site out of reach.',
        authScopes: { permission: 'predictions:read' },
        args: { siteId: t.arg.id({ description: 'The site to buy for.' }) },
        resolve: (_root, { siteId, ...page }, { services }) => services.replenishment.proposals(siteId, page),
      },
      { name: 'ReplenishmentProposalConnection', description: 'Proposals, page by page.' },
      { name: 'ReplenishmentProposalEdge' },
    ),
  );
}

type QuantityField =
  | 'quantity'
  | 'valueAtRisk'
  | 'onHand'
  | 'minimum'
  | 'dailyDemand'
  | 'demandDeviation'
  | 'serviceLevel'
  | 'packSize'
  | 'safetyStock'
  | 'reorderPoint'
  | 'targetLevel';
