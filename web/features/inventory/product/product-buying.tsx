'use client';
import { useTranslations } from 'next-intl';
import type { Failure } from '../../../graphql/failures.ts';
import type { ProposalRowFragment } from '../../../graphql/generated/graphql.ts';
import { Link } from '../../../i18n/navigation.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { useScopeQuery } from '../../../shell/use-scope-query.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { ProposalFacts } from '../replenishment/proposal-facts.tsx';
import classes from './product.module.css';

/** What to buy of a product for a site, and why; or that its stock is enough. */
export function ProductBuying({
  productId,
  site,
  proposal,
  currency,
  failure,
  onRetry,
}: {
  readonly productId: string;
  readonly site: ScopeSite;
  readonly proposal: ProposalRowFragment | null;
  readonly currency: string;
  readonly failure: Failure | null;
  readonly onRetry: () => void;
}) {
  const t = useTranslations('inventory.product');
  const format = useFormat();
  const query = useScopeQuery();
  return (
    <Panel
      title={t('buying', { site: site.name })}
      aside={
        <Link
          className={classes.link}
          href={{ pathname: '/inventory/replenishment', query: { ...query, product: productId } }}
        >
          {t('setBuying')}
        </Link>
      }
    >
      {failure !== null ? (
        <ErrorState failure={failure} what={t('buyingWhat')} onRetry={onRetry} />
      ) : proposal === null ? (
        <EmptyState title={t('covered.title')} hint={t('covered.hint')} />
      ) : (
        <>
          <p className={classes.why}>{proposal.explanation[format.language]}</p>
          <ProposalFacts proposal={proposal} currency={currency} />
        </>
      )}
    </Panel>
  );
}
