import { describe, expect, it } from 'vitest';
import { clockOf, minuteOf, waysOf } from './notification-ways.ts';

describe('ways to tell somebody', () => {
  it('are those that have an address', () => {
    expect(waysOf({ email: 'turno@ribera.example', phone: null, hasWebhook: true })).toEqual(['EMAIL', 'WEBHOOK']);
    expect(waysOf({ email: null, phone: null, hasWebhook: false })).toEqual([]);
  });

  it('rest in hours that a field shows and the graph keeps as minutes', () => {
    for (const minute of [0, 5, 390, 1_350, 1_439]) expect(minuteOf(clockOf(minute))).toBe(minute);
    expect(clockOf(1_350)).toBe('22:30');
    expect(minuteOf('')).toBeNull();
    expect(clockOf(null)).toBe('');
  });
});
