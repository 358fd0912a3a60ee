import { describe, expect, it } from 'vitest';
import en from '../../../messages/en.json' with { type: 'json' };
import es from '../../../messages/es.json' with { type: 'json' };
import { namedSchedule, namedSchedules } from './named-schedules.ts';

describe('namedSchedule', () => {
  it('knows the jobs of telemetry that have words, in both languages, and no others', () => {
    expect(namedSchedule('telemetry.watch-rules')).toBe('watch-rules');
    for (const job of ['telemetry.unheard-of', 'watch-rules', 'access.watch-rules', ''])
      expect(namedSchedule(job)).toBeNull();
    for (const messages of [es, en])
      expect(Object.keys(messages.water.schedules.names).toSorted()).toEqual([...namedSchedules]);
  });
});
