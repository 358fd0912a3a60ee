import { testDatabase } from '@cauce/shared/test/test-database';
import { describe, expect, it } from 'vitest';
import { nextDay, startOfDay } from './zone-time.ts';

const db = await testDatabase();

describe('startOfDay', () => {
  it.each(['America/Santiago', 'Etc/GMT+4', 'UTC', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Pacific/Apia'])(
    'is the instant that Postgres answers, on every day of three years, in %s',
    async (zone) => {
      const { rows } = await db.pool.query<{ day: string; starts: Date }>(
        `SELECT to_char(d, 'YYYY-MM-DD') AS day, d::timestamp AT TIME ZONE $1 AS starts
         FROM generate_series('2024-01-01'::timestamp, '2026-12-31', interval '1 day') AS d`,
        [zone],
      );
      const wrong = rows.filter(({ day, starts }) => startOfDay(day, zone).getTime() !== starts.getTime());
      expect(wrong).toEqual([]);
    },
  );
});

describe('nextDay', () => {
  it('goes over the ends of months and years', () => {
    expect([nextDay('2026-02-28'), nextDay('2024-02-28'), nextDay('2026-12-31')]).toEqual([
      '2026-03-01',
      '2024-02-29',
      '2027-01-01',
    ]);
  });
});
