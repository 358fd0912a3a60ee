/** When a schedule runs, where its cron expression is one that can be said in a few words; null for any other. */
export type CronWords =
  | { readonly kind: 'minute' }
  | { readonly kind: 'minutes'; readonly count: number }
  | { readonly kind: 'hour'; readonly minute: number }
  | { readonly kind: 'day'; readonly clock: string };

export function cronWords(cron: string): CronWords | null {
  const [minute = '', hour = '', ...days] = cron.trim().split(/\s+/);
  if (days.length !== 3 || days.some((part) => part !== '*')) return null;
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (hour === '*') {
    if (minute === '*') return { kind: 'minute' };
    if (step !== undefined) return { kind: 'minutes', count: Number(step) };
    return isNumber(minute) ? { kind: 'hour', minute: Number(minute) } : null;
  }
  if (!isNumber(minute) || !isNumber(hour)) return null;
  return { kind: 'day', clock: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` };
}

function isNumber(part: string): boolean {
  return /^\d{1,2}$/.test(part);
}
