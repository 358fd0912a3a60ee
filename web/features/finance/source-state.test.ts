import { describe, expect, it } from 'vitest';
import type { SourceStatusFragment } from '../../graphql/generated/graphql.ts';
import { sourceState } from './source-state.ts';

type Run = NonNullable<SourceStatusFragment['lastRun']>;
const run = (status: Run['status']): Run => ({
  ...{ id: 'r', status, rowsRead: 1, rowsFailed: 0, finishedAt: '2026-11-20T12:00:00Z', errorMessage: null },
});
const status = (change: Partial<SourceStatusFragment>): SourceStatusFragment => ({
  source: { id: 's', name: 'WMS', kind: 'WMS', isActive: true, nextRunAt: null, company: { id: 'c' } },
  lastRun: run('COMPLETED'),
  isOverdue: false,
  silentAgents: 0,
  ...change,
});

describe('the state of a source', () => {
  it('is up to date after a run that proved to be complete', () => {
    expect(sourceState(status({}))).toBe('upToDate');
    expect(sourceState(status({ lastRun: run('INCOMPLETE') }))).toBe('incomplete');
  });
  it('does not hide a failure behind being late, nor a silent agent behind a good run', () => {
    expect(sourceState(status({ lastRun: run('FAILED'), isOverdue: true }))).toBe('failed');
    expect(sourceState(status({ silentAgents: 1 }))).toBe('overdue');
  });
  it('is paused when nobody wants it loaded, however old it is', () => {
    const { source } = status({});
    expect(sourceState(status({ source: { ...source, isActive: false }, isOverdue: true }))).toBe('paused');
  });
  it('says that nothing was ever loaded', () => {
    expect(sourceState(status({ lastRun: null }))).toBe('never');
  });
});
