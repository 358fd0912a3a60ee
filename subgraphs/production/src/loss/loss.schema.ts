import { AppError } from '@cauce/shared/errors/app-error';
import type { addKpis } from '../kpis/kpis.schema.ts';
import type { ProductionBuilder } from '../services.ts';
import {
  attributeLoss,
  defaultAssumptions,
  type LossAttribution,
  type LossPart,
  lossComponents,
} from './loss-attribution.ts';

/** Adds the order difference taken apart. */
export function addLossAttribution(builder: ProductionBuilder, { filter }: ReturnType<typeof addKpis>): void {
  const component = builder.enumType('LossComponent', {
    description:
      'DOSING: what the scales did not put in. MOISTURE: water that left again. FINES: fines not returned. UNEXPLAINED: the rest.',
    values: lossComponents,
  });
  const part = builder.objectRef<LossPart>('LossPart').implement({
    description: 'One part of the order difference.',
    fields: (t) => ({
      component: t.expose('component', { type: component, description: 'What it is.' }),
      tons: t.exposeFloat('tons', { description: 'Metric tons under the assumptions, positive for a loss.' }),
      leastTons: t.exposeFloat('leastTons', { description: 'The least it can be, whatever is assumed.' }),
      mostTons: t.exposeFloat('mostTons', { description: 'The most it can be, whatever is assumed.' }),
      pct: t.exposeFloat('pct', { nullable: true, description: 'Percent of the produced tons.' }),
      isEstimated: t.exposeBoolean('isEstimated', { description: 'Rests on an assumption, not only on weights.' }),
    }),
  });
  const attribution = builder.objectRef<LossAttribution>('LossAttribution').implement({
    description:
      'The order difference of dispatched orders taken apart by mass balance. The parts add up to `differenceTons`; weights are metric tons.',
    fields: (t) => ({
      orders: t.exposeInt('orders', { description: 'Orders behind it: dispatched, with raw material weighed.' }),
      ordersWithoutRawMaterial: t.exposeInt('ordersWithoutRawMaterial', {
        description: 'Dispatched orders left out because their raw material was not weighed.',
      }),
      plannedTons: t.exposeFloat('plannedTons', { description: 'Planned.' }),
      producedTons: t.exposeFloat('producedTons', { description: 'Produced.' }),
      cancelledTons: t.exposeFloat('cancelledTons', { description: 'Cancelled: missing from the plan, and no loss.' }),
      differenceTons: t.exposeFloat('differenceTons', { description: 'Planned − produced − cancelled.' }),
      massLossTons: t.exposeFloat('massLossTons', { description: 'Raw material + water − produced.' }),
      parts: t.field({ type: [part], description: 'What it is made of.', resolve: ({ parts }) => [...parts] }),
      waterLostPct: t.float({
        description: 'Assumed: share of the added water that leaves again, percent.',
        resolve: ({ assumptions }) => assumptions.waterLostPct,
      }),
      finesLostPct: t.float({
        description: 'Assumed: share of the fines that is not returned to the press, percent.',
        resolve: ({ assumptions }) => assumptions.finesLostPct,
      }),
    }),
  });

  builder.queryField('lossAttribution', (t) =>
    t.field({
      // Adds up whole tables of the viewer's reach.
      cost: 50,
      type: attribution,
      description: 'Where the order difference went: dosing, moisture, fines, and what nothing explains.',
      authScopes: { permission: 'production:read' },
      args: {
        filter: t.arg({ type: filter }),
        waterLostPct: t.arg.float({ required: false, defaultValue: defaultAssumptions.waterLostPct }),
        finesLostPct: t.arg.float({ required: false, defaultValue: defaultAssumptions.finesLostPct }),
      },
      resolve: async (_root, args, { services }) => {
        const { sums } = await services.kpis.ofFilter(args.filter);
        return attributeLoss(sums, {
          waterLostPct: share('waterLostPct', args.waterLostPct ?? defaultAssumptions.waterLostPct),
          finesLostPct: share('finesLostPct', args.finesLostPct ?? defaultAssumptions.finesLostPct),
        });
      },
    }),
  );
}

function share(argument: string, pct: number): number {
  if (pct >= 0 && pct <= 100) return pct;
  throw new AppError('BAD_USER_INPUT', `${argument} must be between 0 and 100`, { detail: { argument } });
}
