'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useFormat } from '../../ui/format/use-format.ts';
import type { TableColumn } from '../../ui/table/table-column.ts';
import type { AccountRow } from './account-rows.ts';

/** The columns of the profit and loss, account by account. */
export function useAccountColumns(currency: string): readonly TableColumn<AccountRow>[] {
  const t = useTranslations('finance.accounts');
  const format = useFormat();
  return useMemo((): readonly TableColumn<AccountRow>[] => {
    return [
      { id: 'name', label: t('columns.name'), value: (row) => row.name },
      { id: 'number', label: t('columns.number'), value: (row) => row.number, isWide: true },
      { id: 'class', label: t('columns.class'), value: (row) => t(`classes.${row.class}`), isWide: true },
      {
        id: 'amount',
        label: t('columns.amount'),
        unit: currency,
        align: 'end',
        value: (row) => row.amount,
        cell: (row) => format.number(row.amount),
      },
      {
        id: 'before',
        label: t('columns.before'),
        unit: currency,
        align: 'end',
        isWide: true,
        value: (row) => row.before,
        cell: (row) => format.number(row.before),
      },
      {
        id: 'share',
        label: t('columns.share'),
        unit: '%',
        align: 'end',
        isWide: true,
        value: (row) => twoDigits(row.incomeShare),
        cell: (row) => format.number(row.incomeShare, { digits: 1 }),
      },
      {
        id: 'change',
        label: t('columns.change'),
        unit: '%',
        align: 'end',
        value: (row) => twoDigits(row.changePct),
        cell: (row) => format.number(row.changePct, { digits: 1, signed: true }),
      },
    ];
  }, [t, format, currency]);
}

/** What an export can use; more digits of a ratio say nothing. */
function twoDigits(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}
