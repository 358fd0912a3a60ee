import { z } from 'zod';
import type { Language } from '../notifications/notification.ts';
import type { Alert } from './alert.ts';

/** Says why an alert was raised, in one sentence without a full stop, by the evidence that was kept with it. */
export function explainAlert(alert: Pick<Alert, 'evidence' | 'rule'>, language: Language, timeZone: string): string {
  const known = silence.safeParse(alert.evidence);
  if (alert.rule.kind !== 'SILENCE' || !known.success) return alert.rule.name;
  const { lastMeasuredAt, samplingMinutes } = known.data;
  const at = new Intl.DateTimeFormat(language === 'es' ? 'es-CL' : 'en-GB', {
    ...{ timeZone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(new Date(lastMeasuredAt));
  return language === 'es'
    ? `Sin lecturas desde el ${at}; se espera una cada ${samplingMinutes} min`
    : `No readings since ${at}; one is expected every ${samplingMinutes} min`;
}

const silence = z.object({ lastMeasuredAt: z.string(), samplingMinutes: z.number() });
