import { describe, expect, it } from 'vitest';
import { submissionStatuses, summarise } from './submission.ts';

describe('summarise', () => {
  it('answers the worst state of the slots', () => {
    expect(summarise(['VERIFIED', 'NEEDS_REVIEW', 'DUE'])).toBe('ACTION_NEEDED');
    expect(summarise(['VERIFIED', 'UNKNOWN', 'SCHEDULED'])).toBe('WAITING');
    expect(summarise(['SCHEDULED', 'SENT'])).toBe('DONE');
    expect(summarise(['SCHEDULED'])).toBe('NOTHING_DUE');
  });

  it('owes nothing without slots, and knows every state of the ledger', () => {
    expect(summarise([])).toBe('NOTHING_DUE');
    expect(submissionStatuses.map((status) => summarise([status]))).not.toContain(undefined);
  });
});
