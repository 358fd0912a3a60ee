import { describe, expect, it } from 'vitest';
import { counterStep } from './counter-step.ts';

describe('counterStep', () => {
  it('is the difference of two readings, without the noise of doubles', () => {
    expect(counterStep(0.1, 0.4, null)).toEqual({ deltaM3: 0.3, flag: null });
    expect(counterStep(120.5, 120.5, null)).toEqual({ deltaM3: 0, flag: null });
  });

  it('is unknown for the first reading', () => {
    expect(counterStep(null, 7, 1_000)).toEqual({ deltaM3: null, flag: null });
  });

  it('counts through the rollover of a meter that was nearly full', () => {
    expect(counterStep(999_990, 15, 1_000_000)).toEqual({ deltaM3: 25, flag: 'COUNTER_ROLLOVER' });
  });

  it('takes a fall from anywhere else as a counter that began again from zero', () => {
    expect(counterStep(500_000, 12, 1_000_000)).toEqual({ deltaM3: 12, flag: 'COUNTER_RESET' });
    expect(counterStep(999_990, 700_000, 1_000_000)).toEqual({ deltaM3: 700_000, flag: 'COUNTER_RESET' });
    expect(counterStep(500_000, 12, null)).toEqual({ deltaM3: 12, flag: 'COUNTER_RESET' });
  });
});
