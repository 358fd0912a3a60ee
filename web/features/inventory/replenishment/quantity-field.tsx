'use client';
import { useTranslations } from 'next-intl';
import type { ProposalRowFragment } from '../../../graphql/generated/graphql.ts';
import { orderDoubt } from './ordered.ts';
import classes from './replenishment.module.css';

/** How much is ordered: what is proposed, until somebody types another quantity. What is odd about it is said. */
export function QuantityField({
  row,
  typed,
  onType,
}: {
  readonly row: ProposalRowFragment;
  readonly typed: string | undefined;
  /** Undefined takes the proposed quantity again. */
  readonly onType: (text: string | undefined) => void;
}) {
  const t = useTranslations('inventory.replenishment');
  const doubt = typed === undefined ? null : orderDoubt(typed, row);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the row's own keys and press away from the field
    <span
      className={classes.order}
      data-changed={typed !== undefined}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <span className={classes.field}>
        <input
          inputMode="decimal"
          aria-label={t('orderOf', { product: row.product?.name ?? '–' })}
          aria-invalid={doubt === 'notNumber' || undefined}
          value={typed ?? row.quantity}
          onChange={({ currentTarget: { value } }) => onType(value === row.quantity ? undefined : value)}
        />
        <span className={classes.unit}>{row.product?.unit ?? ''}</span>
      </span>
      {doubt === null ? null : (
        <span className={classes.doubt} role="status">
          {t(`doubts.${doubt}`)}
        </span>
      )}
    </span>
  );
}
