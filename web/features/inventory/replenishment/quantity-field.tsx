'use client';
import { useTranslations } from 'next-intl';
import type { ProposalRowFragment } from '../../../graphql/generated/graphql.ts';
import { useUnits } from '../units/use-units.ts';
import { orderDoubt, orderedQuantity } from './ordered.ts';
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
  const units = useUnits();
  const doubt = typed === undefined ? null : orderDoubt(typed, row);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the row's own keys and press away from the field
    <span
      className={classes.order}
      data-changed={typed !== undefined}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (walkFields(event.key, event.currentTarget)) event.preventDefault();
      }}
    >
      <span className={classes.field}>
        <input
          inputMode="decimal"
          aria-label={t('orderOf', { product: row.product?.name ?? '–' })}
          aria-invalid={doubt === 'notNumber' || undefined}
          value={typed ?? row.quantity}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={({ currentTarget: { value } }) => onType(value === row.quantity ? undefined : value)}
        />
        <span className={classes.unit}>{units.name(row.product?.unit, orderedQuantity(typed, row.quantity))}</span>
      </span>
      {doubt === null ? null : (
        <span className={classes.doubt} role="status">
          {t(`doubts.${doubt}`)}
        </span>
      )}
    </span>
  );
}

/** As in a spreadsheet: down and enter lead to the next row's quantity, up to the one before. True when there is one. */
function walkFields(key: string, field: Element): boolean {
  const row = field.closest('tr');
  const other =
    key === 'ArrowDown' || key === 'Enter'
      ? row?.nextElementSibling
      : key === 'ArrowUp'
        ? row?.previousElementSibling
        : null;
  const input = other?.querySelector('input');
  input?.focus();
  return input != null;
}
