import { expect, it } from 'vitest';
import { saveRegistrationSchema } from './registration.ts';

it('takes no registration that the database could not keep, however deep the zero character lies', () => {
  const given = { pointId: '00000000-0000-4000-8000-000000000001', sourceCode: 'SMA', identifiers: { ufId: '1' } };
  expect(saveRegistrationSchema.safeParse(given).success).toBe(true);
  for (const part of ['identifiers', 'config']) {
    const wrong = { ...given, [part]: { parametros: [{ nombre: 'Q\0' }] } };
    expect(saveRegistrationSchema.safeParse(wrong).error?.issues.map(({ path }) => path)).toEqual([[part]]);
  }
});
