/** When a schedule runs, where its cron expression is one that can be said in a few words; null for any other. */
export type CronWords =
  | { readonly kind: 'minute' }
  | { readonly kind: 'minutes'; readonly count: number }
  | { readonly kind: 'hour'; readonly minute: number }
  | { readonly kind: 'hours'; readonly count: number; readonly minute: number }
  | { readonly kind: 'day'; readonly clock: string }
  | { readonly kind: 'week'; readonly day: string; readonly clock: string };

export function cronWords(cron: string): CronWords | null {
  const [minute = '', hour = '', dayOfMonth, month, weekday = '', ...more] = cron.trim().split(/\s+/);
  if (dayOfMonth !== '*' || month !== '*' || more.length > 0) return null;
  const isEveryDay = weekday === '*';
  if (isEveryDay && hour === '*') {
    if (minute === '*') return { kind: 'minute' };
    const minutes = stepOf(minute);
    if (minutes !== null) return { kind: 'minutes', count: minutes };
    return isNumber(minute) ? { kind: 'hour', minute: Number(minute) } : null;
  }
  if (!isNumber(minute)) return null;
  const hours = stepOf(hour);
  if (isEveryDay && hours !== null) return { kind: 'hours', count: hours, minute: Number(minute) };
  if (!isNumber(hour)) return null;
  const clock = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (isEveryDay) return { kind: 'day', clock };
  // Sunday is 0, and 7 to some.
  return /^[0-7]$/.test(weekday) ? { kind: 'week', day: String(Number(weekday) % 7), clock } : null;
}

function isNumber(part: string): boolean {
  return /^\d{1,2}$/.test(part);
}

/** The step of one that goes through all there are (`*` and a slash before it); null for any other part. */
function stepOf(part: string): number | null {
  const step = /^\*\/(\d{1,2})$/.exec(part)?.[1];
  return step === undefined ? null : Number(step);
}
