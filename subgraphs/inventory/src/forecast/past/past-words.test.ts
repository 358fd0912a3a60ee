import { expect, it } from 'vitest';
import type { PastTrack } from './past-forecast.ts';
import { wordTrack } from './past-words.ts';

const track: PastTrack = {
  ...{ horizonDays: 7, forecasts: 10, knownDays: 70, insideDays: 57, claimedDays: 56 },
  ...{ said: 104, sold: 100, missed: 15, naiveMissed: 20 },
};

it('says how many days in ten the band held, whether too much was said, and whether last week would have done', () => {
  expect(wordTrack(track)).toEqual({
    es: 'De cada 10 días, 8 quedaron dentro de la banda (promete 8). En total se pronosticó un 4 % más de lo que se vendió. Se equivocó un 25 % menos que repetir la semana anterior.',
    en: 'In 10 days, 8 fell inside the band (it promises 8). In all, 4% more was forecast than was sold. It missed by 25% less than repeating the week before.',
  });
});

it('says it of bad forecasts as well', () => {
  const bad = wordTrack({ ...track, insideDays: 7, said: 70, missed: 30 });
  expect(bad.es).toBe(
    'De cada 10 días, 1 quedó dentro de la banda (promete 8). En total se pronosticó un 30 % menos de lo que se vendió. Se equivocó un 50 % más que repetir la semana anterior.',
  );
});

it('counts few days one by one, and says nothing of tens that there were not', () => {
  expect(wordTrack({ ...track, knownDays: 7, insideDays: 6, claimedDays: 5.6 }).es).toMatch(
    /^De 7 días, 6 quedaron dentro de la banda \(promete 8 de cada 10\)\./,
  );
  expect(wordTrack({ ...track, knownDays: 1, insideDays: 1, claimedDays: 0.8 }).es).toMatch(/^De 1 día, 1 quedó /);
});

it('says what it can where nothing was sold, and nothing of a week that missed nothing', () => {
  expect(wordTrack({ ...track, sold: 0, naiveMissed: 0 }).es).toMatch(/No se vendió nada de lo pronosticado\.$/);
  expect(wordTrack({ ...track, said: 100, naiveMissed: 0 }).es).toMatch(/En total se pronosticó lo que se vendió\.$/);
  expect(wordTrack({ ...track, knownDays: 0, insideDays: 0, claimedDays: 0 }).es).toBe(
    'Todavía no hay días con que comparar.',
  );
});
