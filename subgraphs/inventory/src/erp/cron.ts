import { CronExpressionParser } from 'cron-parser';

/** When a schedule begins next, after a moment. Throws for what is no cron of five fields. */
export function nextRun(cron: string, timeZone: string, after: Date): Date {
  if (cron.trim().split(/\s+/).length !== 5) throw new RangeError('A cron has five fields');
  return CronExpressionParser.parse(cron, { currentDate: after, tz: timeZone }).next().toDate();
}

/** Whether it is a cron of five fields. */
export function isCron(cron: string): boolean {
  try {
    nextRun(cron, 'UTC', new Date());
    return true;
  } catch {
    return false;
  }
}
