import { randomUUID } from 'node:crypto';
import type { Company, Role, Site, SiteKind, User } from '@cauce/prisma/client';
import { anonymousViewer, type Viewer } from '@cauce/shared/auth/viewer';
import type { Database } from '@cauce/shared/db/database';
import { createOperationRunner, type OperationRunner } from '@cauce/shared/subgraph/operation-runner';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { Subgraph } from '@cauce/shared/subgraph/subgraph';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { type TestDepsOptions, type TestWorld, testDeps } from '@cauce/shared/test/test-deps';
import { testViewer } from '@cauce/shared/test/viewers';
import type { ExecutionResult } from 'graphql';
import { createPasswords } from '../passwords/passwords.ts';
import { createAccessSubgraph } from '../subgraph.ts';

/** The password of everybody whom a world makes, hashed once. */
export const worldPassword = 'tres pozos y un estanque';

interface AskOptions {
  readonly viewer?: Viewer;
  readonly address?: string | null;
  readonly signal?: AbortSignal;
}

export interface NewUser {
  readonly role?: Role;
  readonly companies?: readonly Pick<Company, 'id'>[];
  readonly sites?: readonly Pick<Site, 'id'>[];
  readonly isActive?: boolean;
  readonly name?: string;
}

/** The access subgraph on a real database of its own, and verbs to fill it. Everything it makes is unique. */
export interface AccessWorld {
  readonly db: Database;
  readonly test: TestWorld;
  readonly subgraph: Subgraph;
  readonly runner: OperationRunner;
  makeCompany(name?: string): Promise<Company>;
  makeSite(company: Pick<Company, 'id'>, kind?: SiteKind, name?: string): Promise<Site>;
  makeUser(user?: NewUser): Promise<User>;
  /** The viewer that somebody is after signing in. */
  viewerFor(
    user: User,
    reach?: { companies?: readonly Pick<Company, 'id'>[]; sites?: readonly Pick<Site, 'id'>[] },
  ): Viewer;
  scope(options?: AskOptions): RequestScope;
  /** Runs an operation as the gateway would; anonymous unless said. */
  ask(query: string, variables?: Record<string, unknown>, options?: AskOptions): Promise<ExecutionResult>;
  /** The data of an answer that must have no errors, of the shape that the test expects of it. */
  answer<Data>(query: string, variables?: Record<string, unknown>, options?: AskOptions): Promise<Data>;
  /** The code of the first error of an answer that must have one. */
  errorCode(query: string, variables?: Record<string, unknown>, options?: AskOptions): Promise<unknown>;
}

/** Makes a world for one test file; call it at the top. */
export async function accessWorld(options: TestDepsOptions = {}): Promise<AccessWorld> {
  const db = await testDatabase({ maxConnections: 20 });
  const test = await testDeps(db, options);
  const subgraph = createAccessSubgraph(test.deps);
  const runner = createOperationRunner(subgraph, silentLog);
  const passwordHash = await createPasswords().hash(worldPassword);
  const scope = ({ viewer = anonymousViewer, address = '192.0.2.1', signal }: AskOptions = {}): RequestScope => ({
    viewer,
    requestId: randomUUID(),
    address,
    signal: signal ?? new AbortController().signal,
  });
  const ask: AccessWorld['ask'] = async (query, variables = {}, askOptions = {}) =>
    runner.execute({ query, variables }, scope(askOptions));
  const unique = () => randomUUID().slice(-12);

  return {
    db,
    test,
    subgraph,
    runner,
    scope,
    makeCompany: (name = 'Compañía') =>
      db.client.company.create({ data: { code: `C-${unique()}`, name: `${name} ${unique()}` } }),
    makeSite: (company, kind = 'PLANT', name = 'Sitio') =>
      db.client.site.create({
        data: { code: `S-${unique()}`, name: `${name} ${unique()}`, kind, companyId: company.id },
      }),
    makeUser: ({ role = 'MANAGER', companies = [], sites = [], isActive = true, name = 'Persona' } = {}) =>
      db.client.user.create({
        data: {
          email: `${unique()}@world.example`,
          name: `${name} ${unique()}`,
          ...{ role, isActive, passwordHash },
          passwordChangedAt: new Date('2026-01-01T00:00:00Z'),
          companies: { create: companies.map(({ id }) => ({ companyId: id })) },
          sites: { create: sites.map(({ id }) => ({ siteId: id })) },
        },
      }),
    viewerFor: (user, { companies = [], sites = [] } = {}) =>
      testViewer({
        userId: user.id,
        role: user.role,
        companyIds: user.role === 'ADMIN' ? 'all' : companies.map(({ id }) => id),
        siteIds: user.role === 'ADMIN' ? 'all' : sites.map(({ id }) => id),
      }),
    ask,
    async answer<Data>(...question: Parameters<AccessWorld['ask']>) {
      const { data, errors } = await ask(...question);
      if (errors !== undefined) throw new Error(`${errors[0]?.message} (${errors[0]?.extensions.code})`);
      return data as Data;
    },
    async errorCode(...question) {
      const { errors } = await ask(...question);
      if (errors === undefined) throw new Error('There was no error');
      return errors[0]?.extensions.code;
    },
  };
}
