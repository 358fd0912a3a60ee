'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Numeric } from '../../../ui/format/numbers.ts';
import { type Format, useFormat } from '../../../ui/format/use-format.ts';
import { quantityDigits } from './quantity-digits.ts';
import { readUnit } from './read-unit.ts';

export interface Units {
  /** The unit as it stands beside a count of it: `saco`, `sacos`, `kg`; many when nothing is counted. */
  readonly name: (unit: string | null | undefined, count?: Numeric | null) => string;
  /** A quantity with its unit: `162 sacos`, `1,50 kg`. */
  readonly quantity: (
    value: Numeric | null | undefined,
    unit: string | null | undefined,
    style?: Parameters<Format['number']>[1],
  ) => string;
}

/** Writes units of products as people say them, in the reader's language. */
export function useUnits(): Units {
  const t = useTranslations('inventory.units');
  const format = useFormat();
  return useMemo(() => {
    const name: Units['name'] = (unit, count) => {
      const read = readUnit(unit ?? null);
      if (read.kind === 'counted') return t(read.word, { count: Number(count ?? 2) });
      return read.kind === 'measured' ? read.symbol : read.text;
    };
    return {
      name,
      quantity: (value, unit, style) =>
        format
          .quantity(value, name(unit, value), style ?? { digits: quantityDigits(value ?? null, unit ?? null) })
          .trimEnd(),
    };
  }, [t, format]);
}
