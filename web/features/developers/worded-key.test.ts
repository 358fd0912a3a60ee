import { permissions } from '@cauce/shared/auth/permissions';
import { expect, it } from 'vitest';
import en from '../../messages/en.json' with { type: 'json' };
import es from '../../messages/es.json' with { type: 'json' };

it('every permission that a key can be given is worded in both languages, and nothing else is', () => {
  const names = permissions.map((name) => name.replaceAll(/[:-]/g, '_')).toSorted();
  for (const { developers } of [es, en]) expect(Object.keys(developers.permissions).toSorted()).toEqual(names);
});
