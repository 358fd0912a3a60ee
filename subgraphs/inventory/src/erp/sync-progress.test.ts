import { describe, expect, it } from 'vitest';
import type { SyncJob } from '../sync/sync.ts';
import { paceOf } from './sync-progress.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const job = (columns: Partial<SyncJob>): SyncJob => ({
  ...{ id: 'a', entity: 'SALES', mode: 'FULL', status: 'RUNNING', recordsProcessed: 0, recordsCreated: 0 },
  ...{ recordsUpdated: 0, recordsDeleted: 0, recordsFailed: 0, recordsExpected: null, errorMessage: null },
  ...{ errorCode: null, attempt: 1, nextAttemptAt: null, startedAt: at(0), completedAt: null, createdAt: at(0) },
  ...{ installation: null, ...columns },
});

describe('the pace of a copy', () => {
  it('says how many rows a second and how long the rest takes', () => {
    const pace = paceOf(job({ recordsProcessed: 500, recordsExpected: 1_500 }), at(5));
    expect(pace).toEqual({ rowsPerSecond: 100, secondsLeft: 10 });
  });

  it('says nothing before the first row, nor how long when nobody knows how many there are', () => {
    expect(paceOf(job({}), at(5))).toEqual({ rowsPerSecond: null, secondsLeft: null });
    expect(paceOf(job({ recordsProcessed: 10 }), at(5)).secondsLeft).toBeNull();
  });

  it('counts to its end when it has ended, and has nothing left', () => {
    const ended = job({ recordsProcessed: 100, recordsExpected: 100, status: 'COMPLETED', completedAt: at(10) });
    expect(paceOf(ended, at(59))).toEqual({ rowsPerSecond: 10, secondsLeft: null });
  });
});
