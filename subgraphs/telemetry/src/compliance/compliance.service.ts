import type { SubmissionAttempt } from '@cauce/prisma/client';
import type { Clock } from '@cauce/shared/clock';
import { createListLoader, createLoader } from '@cauce/shared/db/create-loader';
import { AppError } from '@cauce/shared/errors/app-error';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { CatchmentPoint } from '../points/point.ts';
import type { ComplianceStore, DayCount } from './compliance.store.ts';
import { type ComplianceState, type Submission, type SubmissionFilter, summarise } from './submission.ts';

export interface ComplianceDay {
  readonly date: string;
  readonly counts: readonly DayCount[];
  readonly state: ComplianceState;
}

export interface ComplianceCalendar {
  readonly point: CatchmentPoint;
  readonly month: string;
  /** Every day of the month. */
  readonly days: readonly ComplianceDay[];
}

/** What the points owe the regulators, as far as one viewer may see it. */
export interface Compliance {
  page(filter: SubmissionFilter, args: PageArgs): Promise<Page<Submission>>;
  byId(id: string): Promise<Submission | null>;
  attempts(submissionId: string): Promise<readonly SubmissionAttempt[]>;
  /** The newest slot of a point whose time has come; null when it owes nothing. */
  newest(pointId: string): Promise<Submission | null>;
  /** @throws AppError BAD_USER_INPUT for a month that is not written `2026-11` */
  calendar(point: CatchmentPoint, month: string): Promise<ComplianceCalendar>;
  /** The same for those of the points that owe a regulator anything. */
  calendars(points: readonly CatchmentPoint[], month: string): Promise<readonly ComplianceCalendar[]>;
}

export function createCompliance(store: ComplianceStore, clock: Clock): Compliance {
  const attempts = createListLoader(store.attempts, (attempt) => attempt.submissionId);
  const newest = createLoader(
    (pointIds) => store.newest(pointIds, clock.now()),
    (submission: Submission) => submission.pointId,
  );
  return {
    byId: (id) => store.byId(id),
    attempts: (submissionId) => attempts.load(submissionId),
    newest: (pointId) => newest.load(pointId),
    async page(filter, args) {
      const keyset = readKeyset(args, ['instant', 'id']);
      const rows = await store.page(filter, keyset);
      return toPage(
        rows,
        keyset,
        (submission) => [submission.slotAt.toISOString(), submission.id],
        () => store.count(filter),
      );
    },
    async calendar(point, month) {
      datesOf(month);
      return calendarOf(point, month, await store.days([point.id], month));
    },
    async calendars(points, month) {
      datesOf(month);
      const registered = await store.registered(points.map(({ id }) => id));
      const owing = points.filter(({ id }) => registered.has(id));
      const byPoint = Map.groupBy(await store.days([...registered], month), ({ pointId }) => pointId);
      return owing.map((point) => calendarOf(point, month, byPoint.get(point.id) ?? []));
    },
  };
}

function calendarOf(point: CatchmentPoint, month: string, counted: readonly DayCount[]): ComplianceCalendar {
  const byDay = Map.groupBy(counted, ({ day }) => day);
  const days = datesOf(month).map((date) => {
    const counts = byDay.get(date) ?? [];
    return { date, counts, state: summarise(counts) };
  });
  return { point, month, days };
}

function datesOf(month: string): string[] {
  const [, year, number] = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined) {
    throw new AppError('BAD_USER_INPUT', 'month must be written 2026-11', { detail: { argument: 'month' } });
  }
  const days = new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate();
  return Array.from({ length: days }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`);
}
