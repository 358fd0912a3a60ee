import { createListLoader } from '@cauce/shared/db/create-loader';
import { AppError } from '@cauce/shared/errors/app-error';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { z } from 'zod';
import type { AccessDeps } from '../access-deps.ts';
import { addUsage, findUsage, type UsageRow } from './usage.store.ts';

export type OperationUsage = Pick<UsageRow, 'operation' | 'requests' | 'units' | 'refused'>;

/** A key's day: its sums, and the operations they are made of. */
export interface UsageDay {
  readonly day: string;
  readonly requests: number;
  readonly units: number;
  readonly refused: number;
  readonly operations: readonly OperationUsage[];
}

export interface KeyUsage {
  /** The last days of a key, today the last, a day without use as zeros. Throws `BAD_USER_INPUT` for too many. */
  days(keyId: string, count: number): Promise<readonly UsageDay[]>;
  unitsToday(keyId: string): Promise<number>;
  /** Adds what a gateway has counted; the same batch again adds nothing. */
  record(input: unknown): Promise<boolean>;
}

export const mostUsageDays = 90;
const dayMs = 24 * 60 * 60 * 1000;
const count = z.int().nonnegative();

const recordSchema = z.object({
  batchId: z.uuid(),
  entries: z
    .array(
      z.object({
        keyId: z.uuid(),
        day: z.iso.date(),
        operation: z.string().min(1).max(120),
        ...{ requests: count, units: count, refused: count },
      }),
    )
    .max(5_000),
});

/** What keys have used, for one request: rows of many keys are read together. */
export function createKeyUsage({ db, clock }: Pick<AccessDeps, 'db' | 'clock'>): KeyUsage {
  const loaders = new Map<string, ReturnType<typeof createListLoader<UsageRow>>>();
  const rowsSince = (since: string) => {
    const known =
      loaders.get(since) ??
      createListLoader(
        (ids) => findUsage(db, ids, since),
        (row) => row.keyId,
      );
    loaders.set(since, known);
    return known;
  };
  const dayAgo = (days: number) => new Date(clock.now().getTime() - days * dayMs).toISOString().slice(0, 10);
  const usage: KeyUsage = {
    async days(keyId, wanted) {
      if (wanted < 1 || wanted > mostUsageDays) {
        throw new AppError('BAD_USER_INPUT', `days must be between 1 and ${mostUsageDays}`);
      }
      const rows = Map.groupBy(await rowsSince(dayAgo(wanted - 1)).load(keyId), ({ day }) => day);
      return Array.from({ length: wanted }, (_, at) => {
        const day = dayAgo(wanted - 1 - at);
        return sumOf(day, rows.get(day) ?? []);
      });
    },
    unitsToday: async (keyId) => (await usage.days(keyId, 1))[0]?.units ?? 0,
    async record(input) {
      const { batchId, entries } = parseInput(recordSchema, input);
      return addUsage(db, batchId, entries);
    },
  };
  return usage;
}

function sumOf(day: string, rows: readonly UsageRow[]): UsageDay {
  const sum = (of: (row: UsageRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    day,
    requests: sum(({ requests }) => requests),
    units: sum(({ units }) => units),
    refused: sum(({ refused }) => refused),
    operations: rows,
  };
}
