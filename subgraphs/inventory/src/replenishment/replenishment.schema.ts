import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import { addReplenishmentProposal } from './proposal.schema.ts';
import { replenishmentSorts } from './replenishment.ts';
import { addReplenishmentTotals } from './replenishment-totals.schema.ts';
import { addReplenishmentSettings } from './setting.schema.ts';

/** Adds what a site should buy, and how it buys. */
export function addReplenishment(builder: InventoryBuilder, refs: InventoryRefs): void {
  const { product } = refs;
  const setting = addReplenishmentSettings(builder, refs);
  const { proposal, reason, demandSource } = addReplenishmentProposal(builder, refs, setting);
  const totals = addReplenishmentTotals(builder);
  const filter = builder.inputType('ReplenishmentFilterInput', {
    description: 'Which proposals; what is left out does not narrow.',
    fields: (t) => ({
      search: t.string({
        required: false,
        description: 'Parts of code or name, in any order; accents and case do not count.',
      }),
      supplier: t.string({ required: false, description: 'Bought from this supplier, by its name.' }),
      withoutSupplier: t.boolean({ required: false, description: 'With no supplier set, or with one.' }),
      reason: t.field({ type: reason, required: false, description: 'Proposed for this reason.' }),
      demandSource: t.field({ type: demandSource, required: false, description: 'Worked out from this demand.' }),
    }),
  });
  const sort = builder.enumType('ReplenishmentSort', {
    description:
      'The order of the proposals: most money at risk or most costly first, fewest days left first, or by name or ' +
      'supplier. What cannot be said is last; equal rows are ordered by product.',
    values: replenishmentSorts,
  });
  const site = { description: 'The site to buy for.' };

  builder.queryField('replenishmentProposals', (t) =>
    t.connection(
      {
        type: proposal,
        description: 'What a site should buy now, most money at risk first. Nothing for a site out of reach.',
        authScopes: { permission: 'predictions:read' },
        args: {
          siteId: t.arg.id(site),
          filter: t.arg({ type: filter, required: false }),
          orderBy: t.arg({ type: sort, required: false }),
        },
        resolve: (_root, { siteId, filter: wanted, orderBy, ...page }, { services }) =>
          services.replenishment.proposals(siteId, wanted ?? {}, orderBy ?? 'VALUE_AT_RISK', page),
      },
      { name: 'ReplenishmentProposalConnection', description: 'Proposals, page by page.' },
      { name: 'ReplenishmentProposalEdge' },
    ),
  );

  builder.queryField('replenishmentTotals', (t) =>
    t.field({
      type: totals,
      description: 'What a site should buy now, added up. Zero for a site out of reach.',
      authScopes: { permission: 'predictions:read' },
      args: { siteId: t.arg.id(site), filter: t.arg({ type: filter, required: false }) },
      resolve: (_root, { siteId, filter: wanted }, { services }) => services.replenishment.totals(siteId, wanted ?? {}),
    }),
  );

  builder.objectFields(product, (t) => ({
    replenishmentProposal: t.field({
      type: proposal,
      nullable: true,
      authScopes: { permission: 'predictions:read' },
      description: 'What to buy of it for a site; null when its stock there is enough, or the site is out of reach.',
      args: { siteId: t.arg.id(site) },
      resolve: ({ id }, { siteId }, { services }) => services.replenishment.ofProduct(id, siteId),
    }),
    replenishmentSetting: t.field({
      type: setting,
      nullable: true,
      description:
        'How it is bought for a site: the setting of the site, or the one of every site; null where the usual holds.',
      args: { siteId: t.arg.id(site) },
      resolve: ({ id }, { siteId }, { services }) => services.replenishmentSettings.holding(id, siteId),
    }),
  }));
}
