import { offsetMs } from '../../zone-time.ts';

export type ProviderTimeFormat = 'ISO' | 'LOCAL' | 'EPOCH_S' | 'EPOCH_MS' | 'COMPACT';

export interface ProviderTime {
  readonly format: ProviderTimeFormat;
  readonly zone: string;
}

/** An instant as the provider writes it. */
export function writeTime(at: Date, { format, zone }: ProviderTime): string {
  switch (format) {
    case 'ISO':
      return at.toISOString();
    case 'EPOCH_MS':
      return String(at.getTime());
    case 'EPOCH_S':
      return String(Math.floor(at.getTime() / 1_000));
    case 'LOCAL':
      return wallClock(at, zone);
    case 'COMPACT':
      return wallClock(at, zone).replaceAll(/\D/g, '');
  }
}

/**
 * The instant that a provider wrote; null when it is none. A wall-clock time that a clock change repeats is its first
 * occurrence, one that it skips is the instant after the gap. An ISO time must say its offset.
 */
export function readTime(value: unknown, { format, zone }: ProviderTime): Date | null {
  if (format === 'EPOCH_MS' || format === 'EPOCH_S') {
    const number =
      typeof value === 'number'
        ? value
        : typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
          ? Number(value)
          : NaN;
    return validDate(format === 'EPOCH_S' ? number * 1_000 : number);
  }
  if (typeof value !== 'string') return null;
  if (format === 'ISO') return isoWithOffset.test(value) ? validDate(Date.parse(value)) : null;
  const [, year, month, day, hour, minute, second = '00', fraction = ''] =
    (format === 'LOCAL' ? localTime : compactTime).exec(value) ?? [];
  if (year === undefined) return null;
  const wall = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`);
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(`${year}-${month}-${day}`)) return null;
  return validDate(fromWallClock(wall, zone));
}

const isoWithOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const localTime = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?$/;
const compactTime = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

function validDate(ms: number): Date | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date;
}

function wallClock(at: Date, zone: string): string {
  return new Date(at.getTime() + offsetMs(at.getTime(), zone)).toISOString().slice(0, 19);
}

/** The two offsets that can hold around a change, the earlier instant first. */
function fromWallClock(wall: number, zone: string): number {
  const before = wall - offsetMs(wall - 86_400_000, zone);
  const after = wall - offsetMs(wall + 86_400_000, zone);
  const fits = [Math.min(before, after), Math.max(before, after)].filter(
    (instant) => instant + offsetMs(instant, zone) === wall,
  );
  return fits[0] ?? Math.max(before, after);
}
