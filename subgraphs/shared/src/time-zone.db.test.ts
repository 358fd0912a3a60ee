import { describe, expect, it } from 'vitest';
import { testDatabase } from './test/test-database.ts';
import { isTimeZone } from './time-zone.ts';

const { pool } = await testDatabase();
const noon = '2026-01-15T12:00:00Z';

describe('a time zone', () => {
  it('is a name that Postgres knows, and takes for the same clock as we do', async () => {
    const names = Intl.supportedValuesOf('timeZone').filter(isTimeZone);
    expect(names.length).toBeGreaterThan(300);
    const { rows } = await pool.query<{ name: string; shown: string }>(
      `SELECT name, to_char($1::timestamptz AT TIME ZONE name, 'YYYY-MM-DD"T"HH24:MI:SS') AS shown FROM unnest($2::text[]) AS name`,
      [noon, names],
    );
    const ours = (timeZone: string) =>
      new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
        .format(new Date(noon))
        .replace(' ', 'T');
    expect(rows.filter(({ name, shown }) => ours(name) !== shown)).toEqual([]);
  });

  it('is no offset, which Postgres reads the other way round, and nothing else', () => {
    for (const text of ['+05:00', '-03:00', '+0530', '', 'Nowhere/Land', 'America/Santiago; DROP TABLE x']) {
      expect(isTimeZone(text)).toBe(false);
    }
    expect(isTimeZone('Etc/GMT+4')).toBe(true);
  });
});
