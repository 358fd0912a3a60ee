'use client';
import { useTranslations } from 'next-intl';
import type { Scope } from '../../shell/scope.ts';
import { Details } from '../../ui/details.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Sheet } from '../../ui/sheet.tsx';
import type { AccountRow } from './account-rows.ts';

/** One account in both periods. */
export function AccountSheet({
  account,
  currency,
  scope,
  onClose,
}: {
  readonly account: AccountRow;
  readonly currency: string;
  readonly scope: Scope;
  readonly onClose: () => void;
}) {
  const t = useTranslations('finance.accounts');
  const format = useFormat();
  const difference =
    account.amount === null && account.before === null
      ? null
      : Number(account.amount ?? 0) - Number(account.before ?? 0);
  return (
    <Sheet name={account.name} side="right" onClose={onClose} hasTitle>
      <Details
        rows={[
          [t('columns.number'), account.number ?? '–'],
          [t('columns.class'), t(`classes.${account.class}`)],
          [format.range(scope.range), format.money(account.amount, currency)],
          [format.range(scope.comparison.range), format.money(account.before, currency)],
          [t('difference'), format.quantity(difference, currency, { signed: true })],
          [t('columns.change'), format.percent(account.changePct, { digits: 1, signed: true })],
          [t('columns.share'), format.percent(account.incomeShare, { digits: 1 })],
        ]}
      />
    </Sheet>
  );
}
