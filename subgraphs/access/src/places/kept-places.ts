import { defineTopic } from '@cauce/shared/events/domain-event';
import type { CacheControl } from '@cauce/shared/schema/cache-control';

interface PlaceChanged {
  readonly operation: 'INSERT' | 'UPDATE' | 'DELETE' | 'TRUNCATE';
}

/** A company came, changed or went, however it was written: its table says so. `*` as the key means any of them. */
export const companyChanged = defineTopic<PlaceChanged>('access.companyChanged');

/** The same of a site. */
export const siteChanged = defineTopic<PlaceChanged>('access.siteChanged');

/** Places change a few times a year and every page asks for them. */
export const keptPlaces = { maxAge: 300, scope: 'RIGHTS' } as const satisfies CacheControl;
