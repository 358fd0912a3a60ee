import { seedAccess } from '@cauce/prisma/seed/access';
import { demoPassword, demoPeople } from '@cauce/prisma/seed/demo-people';
import { describe, expect, it } from 'vitest';
import { findPasswordProblem } from './passwords/password-rules.ts';
import { accessWorld } from './test/access-world.ts';

const world = await accessWorld();
await seedAccess(world.db.pool, new Date());

describe('the people of the demo', () => {
  it('sign in with the password that is printed for them, and see their places', async () => {
    const query = `mutation ($input: SignInInput!) { signIn(input: $input) {
      ... on Session { user { name mustChangePassword companies { code } sites { code } } } ... on Failure { reason } } }`;
    for (const { email, name, companies, sites } of demoPeople.filter(({ role }) => role !== 'ADMIN').slice(0, 8)) {
      const input = { email, password: demoPassword };
      const { signIn } = await world.answer<{ signIn: unknown }>(query, { input }, { address: email });
      const codes = (places: readonly { readonly code: string }[]) =>
        expect.toSatisfy(
          (seen: { code: string }[]) =>
            seen
              .map(({ code }) => code)
              .sort()
              .join() ===
            places
              .map(({ code }) => code)
              .sort()
              .join(),
        );
      expect(signIn).toEqual({
        user: { name, mustChangePassword: false, companies: codes(companies), sites: codes(sites) },
      });
    }
  });

  it('have a password that they could have chosen here', () => {
    for (const { email } of demoPeople) expect(findPasswordProblem(demoPassword, email)).toBeNull();
  });
});
