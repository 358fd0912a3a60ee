import { demoCompanies, demoSites } from '@cauce/prisma/seed/demo-places';
import { expect } from 'vitest';
import type { GraphClient } from '../platform/graph-client.ts';
import { takeSnapshot } from '../platform/snapshot.ts';
import type { PlatformDoors } from '../platform/start-platform.ts';
import type { CompanyRows } from './company-rows.ts';
import { declared } from './declared.ts';
import { overhear } from './overhear.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Somebody who asks for what is not theirs, and what must come of it. */
export interface Outsider {
  /** Null, empty, zero: whatever the other company has, the answer is as if it had nothing. */
  expectNothing(query: string, more?: Variables): Promise<void>;
  /** Whatever lists hold, no name, code or id in it is the other company's. */
  expectOnlyOwn(query: string): Promise<void>;
  /** Every mutation answers as for something that is not there, and the database is as it was. */
  expectUnchanged(query: string, more?: Variables): Promise<void>;
  /** Something happens: the company's people hear of it in every one of the subscriptions, the outsider in none. */
  expectUnheard(subscriptions: readonly string[], happen: () => Promise<unknown>): Promise<void>;
}

export interface OutsiderDeps {
  readonly platform: PlatformDoors;
  /** Somebody of the company whose things are asked for. */
  readonly own: GraphClient;
  /** Somebody of the other company, who asks for them. */
  readonly other: GraphClient;
  /** Rows of that company, by the names of the variables that they are given as. */
  readonly theirs: CompanyRows;
}

export function createOutsider({ platform, own, other, theirs }: OutsiderDeps): Outsider {
  return {
    async expectNothing(query, more = {}) {
      const variables = declared(query, { ...theirs, ...more });
      const { data, errors } = await other.ask(query, variables);
      expect(errors).toEqual([]);
      expect(saying(data).map((field) => ({ field, said: contentOf(data?.[field]) }))).toEqual([]);
      // The same question has an answer for who may ask it: otherwise nothing would be shown.
      const asked = await own.ask(query, variables);
      expect(asked.errors).toEqual([]);
      const silent = Object.keys(asked.data ?? {}).filter((field) => !saying(asked.data).includes(field));
      expect(silent.filter((field) => !mayBeEmpty.has(field))).toEqual([]);
    },
    async expectOnlyOwn(query) {
      const { data, errors } = await other.ask(query);
      expect(errors).toEqual([]);
      const text = JSON.stringify(data);
      for (const secret of secrets) expect(text).not.toContain(secret);
    },
    async expectUnchanged(query, more = {}) {
      const before = await takeSnapshot(platform.pool, delivering);
      const detailed = query.replaceAll('{ __typename }', '{ __typename ... on Failure { message } }');
      const { data, errors } = await other.ask(detailed, declared(query, { ...theirs, ...more }));
      expect(errors).toEqual([]);
      const isRefusal = (value: unknown) => /^\{"__typename":"(NotFound|GrantExceedsOwn)"/.test(JSON.stringify(value));
      expect(Object.entries(data ?? {}).filter(([, value]) => !isRefusal(value))).toEqual([]);
      expect(await takeSnapshot(platform.pool, delivering)).toEqual(before);
    },
    async expectUnheard(subscriptions, happen) {
      const { own: heard, others } = await overhear({ own, other }, subscriptions, theirs, async () => {
        // A mutation that did nothing would be heard by nobody.
        expect(JSON.stringify((await happen()) ?? null)).not.toMatch(/NotFound|Conflict|ValidationFailed|"message"/);
      });
      expect(heard.join()).not.toContain('"errors"');
      // Who may not hear it may be refused when they subscribe, and never hears of the event.
      expect(others.filter((text) => !/FORBIDDEN|NOT_FOUND/.test(text))).toEqual([]);
    },
  };
}

const { ribera } = demoCompanies;
const riberaSites = Object.values(demoSites).filter(({ companyId }) => companyId === ribera.id);
const secrets = [ribera.code, ribera.id, ...riberaSites.flatMap(({ code, id }) => [`"${code}"`, id])];

/** Deliveries of earlier events may still be on their way. */
const delivering = ['platform.idempotency_keys'];

/** What the demo may have none of today, even for its own people. */
const mayBeEmpty = new Set([
  'apiKeys',
  'conversationsOf',
  'upcomingAppointments',
  'salesOf',
  'there',
  'reconciliation',
  'replenishmentProposals',
  'replenishmentTotals',
  'adiflowEffect',
  'alerts',
  'alertsOf',
  'complianceSubmissions',
  'product',
  'named',
]);

function saying(data: Readonly<Record<string, unknown>> | null | undefined): string[] {
  return Object.keys(data ?? {}).filter((field) => contentOf(data?.[field]).length > 0);
}

/** Every value that says something: neither null nor zero nor a place to put rows in. */
function contentOf(value: unknown): unknown[] {
  if (value === null || value === undefined || value === 0 || value === '0' || value === false) return [];
  if (typeof value !== 'object') return [value];
  return Object.values(value).flatMap(contentOf);
}
