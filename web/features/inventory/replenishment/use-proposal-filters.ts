'use client';
import { useDebouncedValue } from '@mantine/hooks';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { ReplenishmentFilterInput } from '../../../graphql/generated/graphql.ts';

export const reasons = ['NEGATIVE_STOCK', 'BELOW_MINIMUM', 'BELOW_REORDER_POINT'] as const;
export const sources = ['FORECAST', 'SALES'] as const;
export const sorts = ['VALUE_AT_RISK', 'ORDER_COST', 'DAYS_LEFT', 'NAME', 'SUPPLIER'] as const;
/** Stands for the products that have no supplier; no supplier is called so. */
export const nobody = '-';

const parsers = {
  search: parseAsString.withDefault(''),
  supplier: parseAsString,
  reason: parseAsStringLiteral(reasons),
  source: parseAsStringLiteral(sources),
  sort: parseAsStringLiteral(sorts).withDefault('VALUE_AT_RISK'),
  product: parseAsString,
};
/** Between two keys of somebody who types; the server does the searching. */
const typingMs = 250;

/** What the proposals are narrowed to, how they are ordered and which one is open: all of it in the address. */
export function useProposalFilters() {
  const [state, setState] = useQueryStates(parsers, { history: 'replace' });
  const { search, supplier, reason, source } = state;
  const [searched] = useDebouncedValue(search.trim(), typingMs);
  const filter = useMemo(
    (): ReplenishmentFilterInput => ({
      ...(searched === '' ? {} : { search: searched }),
      ...(supplier === null ? {} : supplier === nobody ? { withoutSupplier: true } : { supplier }),
      ...(reason === null ? {} : { reason }),
      ...(source === null ? {} : { demandSource: source }),
    }),
    [searched, supplier, reason, source],
  );
  return {
    ...state,
    filter,
    set: (part: Partial<typeof state>) => void setState({ ...part, ...(part.search === '' ? { search: null } : {}) }),
    setSupplier: (name: string | null) => void setState({ supplier: name }),
  };
}

export type ProposalFilters = ReturnType<typeof useProposalFilters>;
