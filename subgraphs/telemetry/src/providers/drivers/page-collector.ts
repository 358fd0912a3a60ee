import { ProviderFailure } from '../provider-failure.ts';
import type { PulledValue, PulledValues } from '../source-of-readings.ts';

/** Values that one read may carry; a window with more is cut. */
const valuesAtMost = 50_000;
const pagesAtMost = 1_000;

/** Gathers the pages of one window, and notices a provider that gives the same page for ever. */
export interface PageCollector {
  /** Adds a page; answers how many of its rows were not known yet. Rejects a page too many with `BAD_PAGING`. */
  add(page: PulledValues): number;
  result(): PulledValues;
}

export function createPageCollector(): PageCollector {
  const values: PulledValue[] = [];
  const unreadable: string[] = [];
  const known = new Set<string>();
  let pages = 0;
  return {
    add(page) {
      pages += 1;
      if (pages > pagesAtMost) throw new ProviderFailure('BAD_PAGING', `More than ${pagesAtMost} pages`);
      unreadable.push(...page.unreadable);
      let added = 0;
      for (const value of page.values) {
        const key = `${value.measuredAt.getTime()}|${value.id ?? ''}|${JSON.stringify(value.value)}`;
        if (known.has(key)) continue;
        known.add(key);
        values.push(value);
        added += 1;
      }
      if (values.length > valuesAtMost) throw new ProviderFailure('TOO_MANY', `More than ${valuesAtMost} values`);
      return added;
    },
    result: () => ({ values, unreadable }),
  };
}

/** Fails for a page that brought nothing new although there should be more: going on would go on for ever. */
export function requireProgress(added: number): void {
  if (added === 0) throw new ProviderFailure('BAD_PAGING', 'The next page is the one before');
}

/** Reads each row by itself: one that makes no sense does not cost the others. */
export function readRows(rows: readonly unknown[], read: (row: unknown) => PulledValue | null): PulledValues {
  const values: PulledValue[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    const value = read(row);
    if (value === null) unreadable.push((JSON.stringify(row) ?? 'undefined').slice(0, 2_000));
    else values.push(value);
  }
  return { values, unreadable };
}
