import { CronExpressionParser } from 'cron-parser';
import { offsetMs } from '../../zone-time.ts';

/** More are planned by the next run. */
const slotsAtMost = 1_000;

/**
 * The slots of a schedule after one instant up to another, oldest first, both cut by the regulator's clock. A time that
 * its clock shows twice, when it is set back, is one slot: it is told without an offset, and would be there twice.
 * @param cron five fields
 * @throws Error for an expression that is none
 */
export function slotsBetween(cron: string, timeZone: string, after: Date, until: Date): readonly Date[] {
  const expression = CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after });
  const slots: Date[] = [];
  while (slots.length < slotsAtMost) {
    const next = expression.next().toDate();
    if (next.getTime() > until.getTime()) break;
    if (!isRepeated(next.getTime(), timeZone)) slots.push(next);
  }
  return slots;
}

const hourMs = 3_600_000;

function isRepeated(at: number, timeZone: string): boolean {
  return offsetMs(at - hourMs, timeZone) - offsetMs(at, timeZone) === hourMs;
}
