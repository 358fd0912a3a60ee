'use client';
import { useSearchParams } from 'next/navigation';
import { scopeKeys } from './scope.ts';

/** What a link to another page takes along of the address: the company, the site and the period. */
export function useScopeQuery(): Readonly<Record<string, string>> {
  const search = useSearchParams();
  return Object.fromEntries(
    scopeKeys.flatMap((key) => {
      const value = search.get(key);
      return value === null ? [] : [[key, value]];
    }),
  );
}
