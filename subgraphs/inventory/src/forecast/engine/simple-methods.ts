import { meanOf, type Series } from './series.ts';

/** What a method says of a series: units of each day ahead. May be below zero or without limit; the caller sees to that. */
export type Method = (series: Series, horizon: number) => Float64Array;

/** As on the last day. */
export const naive: Method = ({ filled }, horizon) => new Float64Array(horizon).fill(filled.at(-1) ?? 0);

/** As on the same day of last week. */
export const seasonalNaive: Method = ({ filled }, horizon) =>
  Float64Array.from({ length: horizon }, (_none, ahead) => filled.at((ahead % 7) - 7) ?? filled.at(-1) ?? 0);

const averagedDays = 28;

/** As in the last four weeks on the whole. */
export const movingAverage: Method = ({ filled }, horizon) =>
  new Float64Array(horizon).fill(meanOf(filled.slice(-averagedDays)));
