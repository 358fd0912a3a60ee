import { describe, expect, it } from 'vitest';
import { readWindow } from '../../../ui/charts/time-window.ts';
import { byUrgency, causeOf } from './alert-cause.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const zone = 'America/Santiago';

describe('the way from an alert to its cause', () => {
  it('shows an episode that goes on from half a day before it began until a little after now, in its quantity', () => {
    const open = { raisedAt: '2026-11-21T06:00:00Z', resolvedAt: null, variable: 'FLOW' as const };
    expect(causeOf(open, zone, now)).toEqual({
      from: '2026-11-20',
      to: '2026-11-21',
      zoom: '2026-11-20T18:00Z~2026-11-21T14:00Z',
      show: 'FLOW',
    });
  });

  it('ends a little after an episode that is over, and leaves the quantities alone when it is about the whole point', () => {
    const over = { raisedAt: '2026-10-02T02:00:00Z', resolvedAt: '2026-10-02T05:00:00Z', variable: null };
    const asked = causeOf(over, zone, now);
    expect(asked).toEqual({ from: '2026-10-01', to: '2026-10-02', zoom: '2026-10-01T14:00Z~2026-10-02T07:00Z' });
    const days = { fromMs: Date.parse('2026-10-01T03:00:00Z'), toMs: Date.parse('2026-10-03T03:00:00Z') };
    expect(readWindow(asked.zoom ?? null, days)).not.toBeNull();
  });
});

describe('what is told first', () => {
  it('is what nobody has looked at, of that the worst, and of equals the newest', () => {
    const alert = (id: string, status: 'OPEN' | 'ACKNOWLEDGED', severity: 'WARNING' | 'CRITICAL', hour: number) => ({
      ...{ id, status, severity },
      raisedAt: new Date(now - hour * 3_600_000).toISOString(),
    });
    const told = byUrgency([
      alert('seen, bad', 'ACKNOWLEDGED', 'CRITICAL', 1),
      alert('new, old', 'OPEN', 'WARNING', 9),
      alert('new, young', 'OPEN', 'WARNING', 2),
      alert('new, bad', 'OPEN', 'CRITICAL', 30),
    ]);
    expect(told.map(({ id }) => id)).toEqual(['new, bad', 'new, young', 'new, old', 'seen, bad']);
  });
});
