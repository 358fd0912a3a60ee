'use client';
import { useTranslations } from 'next-intl';
import type { ProposalRowFragment } from '../../../graphql/generated/graphql.ts';
import { Details } from '../../../ui/details.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { useUnits } from '../units/use-units.ts';

/** The numbers that a proposal comes from. */
export function ProposalFacts({
  proposal,
  currency,
}: {
  readonly proposal: ProposalRowFragment;
  readonly currency: string;
}) {
  const t = useTranslations('inventory.replenishment');
  const format = useFormat();
  const units = useUnits();
  const quantity = (value: string | null) => units.quantity(value, proposal.product?.unit);
  const about = (value: string) => units.quantity(value, proposal.product?.unit, { digits: digitsOf(Number(value)) });
  const days = proposal.leadTimeDays + proposal.reviewPeriodDays;
  const source =
    proposal.forecastFrom === null
      ? t(`gaps.${proposal.forecastGap ?? 'MISSING'}`)
      : t('forecastFrom', { day: format.day(proposal.forecastFrom) });
  return (
    <Details
      rows={[
        [t('columns.order'), <strong key="order">{quantity(proposal.quantity)}</strong>],
        [t('columns.risk'), format.money(proposal.valueAtRisk, currency)],
        [t('columns.onHand'), quantity(proposal.onHand)],
        [t('columns.source'), source],
        [t('columns.dailyDemand'), t('perDay', { quantity: about(proposal.dailyDemand), days })],
        [t('columns.safetyStock'), about(proposal.safetyStock)],
        [t('columns.reorderPoint'), about(proposal.reorderPoint)],
        [t('columns.targetLevel'), about(proposal.targetLevel)],
        [
          t('limits'),
          `${quantity(proposal.minimum)} – ${proposal.maximum === null ? '∞' : quantity(proposal.maximum)}`,
        ],
      ]}
    />
  );
}

/** What is worked out is written no finer than it is known, as in the sentence that says why. */
function digitsOf(value: number): number {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return 0;
  return Math.abs(value) >= 10 ? 1 : 2;
}
