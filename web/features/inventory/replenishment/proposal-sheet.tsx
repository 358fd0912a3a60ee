'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  BuyingSettingFragmentDoc,
  ProductSettingDocument,
  type ProposalRowFragment,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Link } from '../../../i18n/navigation.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { useScopeQuery } from '../../../shell/use-scope-query.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Details } from '../../../ui/details.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { useUnits } from '../units/use-units.ts';
import { ProposalFacts } from './proposal-facts.tsx';
import classes from './replenishment.module.css';
import { SettingForm } from './setting-form.tsx';
import { stockElsewhere } from './stock-elsewhere.ts';

/** One proposal in full: why, by which numbers, and how its product is bought, to be changed in place. */
export function ProposalSheet({
  productId,
  proposal,
  site,
  currency,
  onSaved,
  onClose,
}: {
  readonly productId: string;
  /** The row it was opened from; a link may open a product that is not in the list, or no longer. */
  readonly proposal: ProposalRowFragment | undefined;
  readonly site: ScopeSite;
  readonly currency: string;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('inventory.replenishment');
  const format = useFormat();
  const can = useCan();
  const query = useScopeQuery();
  const units = useUnits();
  const answer = useGraph(
    ProductSettingDocument,
    useMemo(() => ({ id: productId, site: site.id }), [productId, site.id]),
  );
  const failure =
    answer.failed ??
    failureAt(answer.failures, 'product') ??
    (answer.data?.product === null ? { code: 'NOT_FOUND', requestId: null, path: 'product' } : null);
  const setting = readFragment(BuyingSettingFragmentDoc, answer.data?.product?.replenishmentSetting ?? null);
  const elsewhere = stockElsewhere(answer.data?.product?.stock ?? [], site.id);
  return (
    <Sheet name={proposal?.product?.name ?? t('product')} side="right" onClose={onClose} hasTitle>
      {proposal === undefined ? (
        <p className={classes.why}>{t('notProposed')}</p>
      ) : (
        <>
          <p className={classes.why}>{proposal.explanation[format.language]}</p>
          <ProposalFacts proposal={proposal} currency={currency} />
        </>
      )}
      {elsewhere.length === 0 ? null : (
        <section aria-label={t('elsewhere.title')}>
          <h3 className={classes.section}>{t('elsewhere.title')}</h3>
          <Details
            rows={elsewhere.map(({ name, onHand }) => [name, units.quantity(onHand, answer.data?.product?.unit)])}
          />
          <p className={classes.note}>{t('elsewhere.hint')}</p>
        </section>
      )}
      <p className={classes.acts}>
        <Link className={classes.link} href={{ pathname: `/inventory/products/${productId}`, query }}>
          {t('openProduct')}
        </Link>
      </p>
      <h3 className={classes.section}>{t('setting.title', { site: site.name })}</h3>
      {failure !== null ? (
        <ErrorState failure={failure} what={t('setting.what')} onRetry={answer.retry} />
      ) : answer.data === undefined ? (
        <SkeletonRows count={5} />
      ) : (
        <SettingForm
          key={setting?.updatedAt ?? 'none'}
          productId={productId}
          siteId={site.id}
          setting={setting}
          canWrite={can('inventory:write')}
          onSaved={() => {
            answer.retry();
            onSaved();
          }}
        />
      )}
    </Sheet>
  );
}
