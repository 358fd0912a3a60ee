import { offsetMs } from '../../zone-time.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Values of whole hours, one after the other; NaN where nothing was measured that counts. */
export interface HourSeries {
  /** Where the first hour begins. */
  readonly from: number;
  readonly values: Float64Array;
  /** IANA zone whose clock people and pumps go by. */
  readonly timeZone: string;
}

/** Which hour of the week the zone's clock shows at each hour: 0 is Sunday's first. */
export function weekHoursOf({ from, values, timeZone }: HourSeries): Uint8Array {
  const offsets = new Map<number, number>();
  const offsetAt = (instant: number) => {
    const known = offsets.get(instant);
    if (known !== undefined) return known;
    const offset = offsetMs(instant, timeZone);
    offsets.set(instant, offset);
    return offset;
  };
  return Uint8Array.from(values, (_value, place) => {
    const at = from + place * hourMs;
    const day = Math.floor(at / dayMs) * dayMs;
    // The clock is only asked for every hour on days on which it changes.
    const before = offsetAt(day);
    const offset = before === offsetAt(day + dayMs) ? before : offsetAt(at);
    const shown = new Date(at + offset);
    return shown.getUTCDay() * 24 + shown.getUTCHours();
  });
}

/** Values without gaps, to learn from: what is missing is as it was a season before, or after, or in the middle. */
export function fillGaps(values: Float64Array, season: number, middle: number): Float64Array {
  const filled = Float64Array.from(values);
  for (let place = 0; place < filled.length; place += 1) {
    if (Number.isNaN(filled[place])) filled[place] = filled[place - season] ?? Number.NaN;
  }
  for (let place = filled.length - 1; place >= 0; place -= 1) {
    if (Number.isNaN(filled[place])) filled[place] = filled[place + season] ?? middle;
    if (Number.isNaN(filled[place])) filled[place] = middle;
  }
  return filled;
}
