import type { Alert } from '../alerts/alert.ts';
import { explainAlert, ruleName } from '../alerts/explain-alert.ts';
import type { Language } from './notification.ts';

export interface MessageText {
  readonly subject: string;
  readonly body: string;
}

/** The point as people know it. */
export interface NamedPoint {
  readonly code: string;
  readonly name: string;
  readonly timeZone: string;
}

/** Tells of an episode that began or is over: what, where, since when, and why. */
export function alertText(
  event: 'ALERT_OPENED' | 'ALERT_RESOLVED',
  alert: Alert,
  point: NamedPoint,
  language: Language,
): MessageText {
  const words = texts[language];
  const instant = (at: Date) => formatInstant(at, language, point.timeZone);
  const place = `${point.name} (${point.code})`;
  if (event === 'ALERT_RESOLVED') {
    return {
      subject: `${words.over}: ${point.code}`,
      body: [
        `${place}: ${words.overSince(instant(alert.resolvedAt ?? alert.lastSeenAt))}`,
        ruleName(alert.rule, language),
      ].join('\n'),
    };
  }
  return {
    subject: `${words.severity[alert.severity]}: ${point.code}, ${ruleName(alert.rule, language)}`,
    body: [place, `${explainAlert(alert, language, point.timeZone)}.`, words.since(instant(alert.openedAt))].join('\n'),
  };
}

/** Several messages as one, the oldest first. One is left as it is. */
export function digestText(messages: readonly MessageText[], language: Language): MessageText {
  const [only] = messages;
  if (only !== undefined && messages.length === 1) return only;
  return {
    subject: texts[language].digest(messages.length),
    body: messages.map(({ subject, body }) => `${subject}\n${body}`).join('\n\n'),
  };
}

/** What is sent to try an address out. */
export function testText(language: Language): MessageText {
  return texts[language].test;
}

export function formatInstant(at: Date, language: Language, timeZone: string): string {
  const format = new Intl.DateTimeFormat(language === 'es' ? 'es-CL' : 'en-GB', {
    ...{ timeZone, day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  return `${format.format(at)} (${timeZone})`;
}

const texts = {
  es: {
    severity: { INFO: 'Aviso', WARNING: 'Atención', CRITICAL: 'Crítico' },
    over: 'Resuelto',
    since: (at: string) => `Desde el ${at}`,
    overSince: (at: string) => `terminó el ${at}`,
    digest: (count: number) => `${count} novedades de sus puntos de captación`,
    test: {
      subject: 'Prueba de avisos',
      body: 'Este es un mensaje de prueba: los avisos de los puntos de captación llegarán aquí.',
    },
  },
  en: {
    severity: { INFO: 'Notice', WARNING: 'Attention', CRITICAL: 'Critical' },
    over: 'Resolved',
    since: (at: string) => `Since ${at}`,
    overSince: (at: string) => `over since ${at}`,
    digest: (count: number) => `${count} things happened at your catchment points`,
    test: {
      subject: 'Test of notifications',
      body: 'This is a test: notifications of catchment points will arrive here.',
    },
  },
} as const;
