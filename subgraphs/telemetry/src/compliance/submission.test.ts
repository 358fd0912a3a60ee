import { describe, expect, it } from 'vitest';
import { type SubmissionStatus, submissionStatuses, summarise } from './submission.ts';

const stateOf = (...statuses: SubmissionStatus[]) =>
  summarise(statuses.map((status) => ({ status, isDismissed: false })));

describe('summarise', () => {
  it('answers the worst state of the slots', () => {
    expect(stateOf('VERIFIED', 'NEEDS_REVIEW', 'DUE')).toBe('ACTION_NEEDED');
    expect(stateOf('VERIFIED', 'UNKNOWN', 'SCHEDULED')).toBe('WAITING');
    expect(stateOf('SCHEDULED', 'SENT')).toBe('DONE');
    expect(stateOf('SCHEDULED')).toBe('NOTHING_DUE');
  });

  it('owes nothing without slots, and knows every state of the ledger', () => {
    expect(stateOf()).toBe('NOTHING_DUE');
    expect(submissionStatuses.map((status) => stateOf(status))).not.toContain(undefined);
  });

  it('asks nobody to act on a slot that was dismissed by a person, only on one that had no readings', () => {
    expect(stateOf('SKIPPED')).toBe('ACTION_NEEDED');
    expect(summarise([{ status: 'SKIPPED', isDismissed: true }])).toBe('DONE');
  });
});
