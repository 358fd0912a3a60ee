import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import { explainProposal } from './explain.ts';
import {
  demandSources,
  forecastGaps,
  type ReplenishmentProposal,
  replenishmentLimits,
  replenishmentReasons,
} from './replenishment.ts';
import type { addReplenishmentSettings } from './setting.schema.ts';

/** Adds the proposal of one product for one site, and the words that it is narrowed by. */
export function addReplenishmentProposal(
  builder: InventoryBuilder,
  { product, site, text }: InventoryRefs,
  setting: ReturnType<typeof addReplenishmentSettings>,
) {
  const reason = builder.enumType('ReplenishmentReason', {
    description: 'What on-hand stock fell below.',
    values: replenishmentReasons,
  });
  const demandSource = builder.enumType('ReplenishmentDemandSource', {
    description:
      'What the demand of a proposal is: FORECAST, the stored forecast of the product at the site; SALES, the mean of the ' +
      'last 90 complete days.',
    values: demandSources,
  });
  const forecastGap = builder.enumType('ReplenishmentForecastGap', {
    description:
      'Why no forecast was used: MISSING, there is none for the site; STALE, it starts more than 7 days ago; SHORT, ' +
      'it does not reach over lead time and review period.',
    values: forecastGaps,
  });
  const limit = builder.enumType('ReplenishmentLimit', {
    description:
      'What the maximum made of the quantity: NONE, nothing; MAXIMUM, it is less than is needed; NO_ROOM, not even the smallest ' +
      'order fits under it, and a person has to decide.',
    values: replenishmentLimits,
  });
  const proposal = builder.objectRef<ReplenishmentProposal>('ReplenishmentProposal').implement({
    description:
      'What to buy of one product for one site. L, the lead time; R, the days between reviews; d and s, the mean of the ' +
      'demand of a day over L + R and the deviation of a day from it; z, the normal quantile of the service level. What is ' +
      'already ordered and not yet there is not known, and not taken off.',
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
          description: 'Why, by which demand, and how the quantity came about, in one line.',
          resolve: (parent) => explainProposal(parent),
        }),
        quantity: quantity(
          'quantity',
          'Units to order: target less on hand, at least the minimum order, in whole packs, never over the maximum.',
        ),
        limitedBy: t.expose('limitedBy', { type: limit, description: 'What the maximum made of the quantity.' }),
        orderCost: t.expose('orderCost', {
          type: 'Decimal',
          nullable: true,
          description: "Money for the order at cost, in the company's currency; null when the cost is not known.",
        }),
        valueAtRisk: quantity(
          'valueAtRisk',
          'Money: the demand over the lead time that on-hand stock does not cover (stock below zero counts as none), at ' +
            "list price, or at cost where there is none, in the company's currency.",
        ),
        onHand: quantity('onHand', 'Units on hand at the site.'),
        minimum: quantity('minimum', 'Units not to fall below.'),
        maximum: t.expose('maximum', { type: 'Decimal', nullable: true, description: 'Units not to exceed.' }),
        demandSource: t.expose('demandSource', {
          type: demandSource,
          description: 'Which demand it is worked out from.',
        }),
        forecastFrom: t.expose('forecastFrom', {
          type: 'Date',
          nullable: true,
          description: 'First day of the forecast that was used.',
        }),
        forecastGap: t.expose('forecastGap', {
          type: forecastGap,
          nullable: true,
          description: 'Why no forecast was used; null when one was.',
        }),
        dailyDemand: quantity('dailyDemand', 'd: units a day, returns taken off.'),
        demandDeviation: quantity(
          'demandDeviation',
          "s: units of a day: the standard deviation of the sales, or of the error of the forecast's sum over √(L + R).",
        ),
        leadTimeDemand: quantity('leadTimeDemand', 'Units that are expected to be asked for over the lead time.'),
        leadTimeDays: t.exposeInt('leadTimeDays', { description: 'L: days from order to arrival; 7 unless set.' }),
        reviewPeriodDays: t.exposeInt('reviewPeriodDays', { description: 'R: days between orders; 7 unless set.' }),
        serviceLevel: quantity('serviceLevel', 'Share of cycles without running out, 0 to 1; 0.95 unless set.'),
        packSize: quantity('packSize', 'Units in the smallest order; 1 unless set.'),
        minimumOrder: quantity('minimumOrder', 'Units that an order has at least; 0 unless set.'),
        safetyStock: quantity('safetyStock', 'z s √(L + R): units against bad luck.'),
        reorderPoint: quantity(
          'reorderPoint',
          'The greater of the minimum and the demand over L + z times its deviation: order at or below it.',
        ),
        targetLevel: quantity(
          'targetLevel',
          'The greater of the minimum and the demand over L + R + safety stock, at most the maximum.',
        ),
        supplierName: t.exposeString('supplierName', { nullable: true, description: 'Who it is bought from.' }),
        setting: t.field({
          type: setting,
          nullable: true,
          description: 'The setting that it was worked out with; null where the usual holds, or it is out of reach.',
          resolve: ({ settingId }, _args, { services }) =>
            settingId === null ? null : services.replenishmentSettings.byId(settingId),
        }),
      };
    },
  });
  return { proposal, reason, demandSource };
}

type QuantityField =
  | 'quantity'
  | 'valueAtRisk'
  | 'onHand'
  | 'minimum'
  | 'dailyDemand'
  | 'demandDeviation'
  | 'leadTimeDemand'
  | 'serviceLevel'
  | 'packSize'
  | 'minimumOrder'
  | 'safetyStock'
  | 'reorderPoint'
  | 'targetLevel';
