import { CronExpressionParser } from 'cron-parser';

/** More are planned by the next run. */
const slotsAtMost = 1_000;

/**
 * The slots of a schedule after one instant up to another, oldest first, both cut by the regulator's clock.
 * @param cron five fields
 * @throws Error for an expression that is none
 */
export function slotsBetween(cron: string, timeZone: string, after: Date, until: Date): readonly Date[] {
  const expression = CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after });
  const slots: Date[] = [];
  while (slots.length < slotsAtMost) {
    const next = expression.next().toDate();
    if (next.getTime() > until.getTime()) break;
    slots.push(next);
  }
  return slots;
}
