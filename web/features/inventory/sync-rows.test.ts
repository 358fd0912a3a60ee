import { describe, expect, it } from 'vitest';
import type { ErpSyncStateFragment } from '../../graphql/generated/graphql.ts';
import { oldestStock, syncRows } from './sync-rows.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const erp = (company: string) => ({ id: `erp-${company}`, name: `ERP ${company}`, company: { id: company } });
const status = (change: Partial<ErpSyncStateFragment> = {}): ErpSyncStateFragment => ({
  lastSync: [{ entity: 'STOCK', completedAt: '2026-11-20T11:00:00Z', installation: erp('a') }],
  schedules: [
    { id: 's', entity: 'STOCK', isActive: true, nextRunAt: '2026-11-20T13:00:00Z', installation: { id: 'erp-a' } },
  ],
  jobs: [],
  ...change,
});
const job = (id: string, state: ErpSyncStateFragment['jobs'][number]['status'], createdAt: string) => ({
  ...{ id, entity: 'STOCK' as const, status: state, createdAt },
  ...{ recordsProcessed: 320, recordsExpected: 599, installation: { id: 'erp-a' } },
});

describe('copies from the ERP', () => {
  it('are of the chosen company only', () => {
    const both = status({
      lastSync: [
        { entity: 'STOCK', completedAt: null, installation: erp('b') },
        { entity: 'STOCK', completedAt: null, installation: erp('a') },
      ],
    });
    expect(syncRows(both, 'a', now).map(({ erpName }) => erpName)).toEqual(['ERP a']);
  });
  it('are late when their time has passed by more than a few minutes', () => {
    expect(syncRows(status(), 'a', now)[0]?.state).toBe('upToDate');
    expect(syncRows(status(), 'a', Date.parse('2026-11-20T13:05:00Z'))[0]?.state).toBe('upToDate');
    expect(syncRows(status(), 'a', Date.parse('2026-11-20T13:11:00Z'))[0]?.state).toBe('late');
  });
  it('are judged by their newest run, in whatever order the runs come', () => {
    const jobs = [job('1', 'FAILED', '2026-11-20T10:00:00Z'), job('2', 'RUNNING', '2026-11-20T11:59:00Z')];
    for (const list of [jobs, jobs.toReversed()]) {
      expect(syncRows(status({ jobs: list }), 'a', now)[0]).toMatchObject({
        state: 'running',
        progress: { done: 320, total: 599 },
      });
    }
    expect(syncRows(status({ jobs: [job('1', 'FAILED', '2026-11-20T11:00:00Z')] }), 'a', now)[0]).toMatchObject({
      state: 'failed',
      progress: null,
    });
  });
  it('say that there never was one', () => {
    const none = status({ lastSync: [{ entity: 'STOCK', completedAt: null, installation: erp('a') }] });
    expect(syncRows(none, 'a', now)[0]?.state).toBe('never');
  });
});

describe('the age of a company’s stock', () => {
  it('is that of its oldest copy, and none where nothing was ever copied', () => {
    const copy = (company: string, at: string | null, id = company) => ({
      ...{ entity: 'STOCK' as const, completedAt: at, installation: { ...erp(company), id: `erp-${id}` } },
    });
    const lastSync = [
      ...[copy('a', '2026-11-20T11:00:00Z'), copy('a', '2026-11-20T09:00:00Z', 'a2'), copy('a', null, 'a3')],
      copy('b', '2026-11-19T09:00:00Z'),
    ];
    expect(oldestStock(status({ lastSync }), 'a', now)?.completedAt).toBe('2026-11-20T09:00:00Z');
    expect(oldestStock(status({ lastSync: [copy('a', null)] }), 'a', now)).toBeNull();
  });
});
