import type { Language } from '../notifications/notification.ts';
import { heldDifferently, type SubmissionOutcome, type SubmissionStatus } from './submission.ts';

/** What is known of a slot that people ask about. */
export interface ExplainedSlot {
  readonly status: SubmissionStatus;
  /** Of its last attempt; null when none was made or none has ended. */
  readonly outcome: SubmissionOutcome | null;
  /** What the regulator said, or what is missing. */
  readonly lastError: string | null;
  readonly notBefore: Date;
  readonly resolution: string | null;
  /** Whether anything is sent for its point. */
  readonly isReported: boolean;
  readonly regulator: { readonly code: string; readonly timeZone: string };
}

/** Says in one sentence without a full stop how a slot stands and what comes next; null where its state says it all. */
export function explainSubmission(slot: ExplainedSlot, language: Language): string | null {
  const { status, resolution, regulator, lastError, notBefore } = slot;
  const words = texts[language];
  const said = lastError === null ? '' : words.said(lastError);
  const later = slot.isReported ? words.again(slotTime(notBefore, language, regulator.timeZone)) : words.notReported;
  switch (status) {
    case 'NEEDS_REVIEW':
      if (resolution?.startsWith('TAKEN_BACK')) return words.takenBack;
      return words.review(regulator.code, slot.outcome, lastError);
    case 'REJECTED':
      return `${words.rejected(regulator.code)}${said}; ${words.givenUp}`;
    case 'RETRY_NEXT_DAY':
      return `${words.rejected(regulator.code)}${said}; ${later}`;
    case 'UNKNOWN':
      return `${words.lost(regulator.code)}; ${later}`;
    case 'DUE':
      return slot.isReported ? null : words.waits;
    case 'STOPPED':
      return `${words.stopped(regulator.code)}${said}`;
    case 'SKIPPED':
      return resolution === null ? words.skipped : words.dismissed;
    case 'SENT':
      if (lastError === null) return null;
      return lastError === heldDifferently ? words.differs(regulator.code) : words.unverified(regulator.code);
    default:
      return null;
  }
}

/** The time of a slot as its regulator counts it: `20 de noviembre, 13:00 (GMT-4)`. */
export function slotTime(at: Date, language: Language, timeZone: string): string {
  const locale = language === 'es' ? 'es-CL' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long' }).format(at);
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'shortOffset' },
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${day}, ${part('hour')}:${part('minute')} (${part('timeZoneName')})`;
}

const texts = {
  es: {
    said: (text: string) => `: «${text}»`,
    rejected: (code: string) => `La ${code} lo rechazó`,
    givenUp: 'ya no se envía otra vez por sí solo',
    again: (at: string) => `se envía otra vez después del ${at}`,
    notReported: 'no se envía otra vez mientras el punto no esté en vivo',
    waits: 'No se envía mientras el punto no esté en vivo',
    lost: (code: string) => `No se sabe si llegó a la ${code}`,
    stopped: (code: string) => `La ${code} no acepta envíos de este punto`,
    differs: (code: string) => `La ${code} tiene otros valores bajo este comprobante`,
    unverified: (code: string) => `La ${code} no ha confirmado que lo tiene`,
    skipped: 'No hubo lecturas para ese momento',
    dismissed: 'Una persona decidió no enviarlo',
    takenBack: 'Una persona retiró el comprobante que se había anotado',
    review: (code: string, outcome: SubmissionOutcome | null, error: string | null) => {
      if (outcome === 'ACCEPTED_WITHOUT_VOUCHER') return `La ${code} lo aceptó sin dar un comprobante`;
      if (outcome === 'DUPLICATE_WITHOUT_VOUCHER') return `La ${code} ya lo tenía y no dice con qué comprobante`;
      if (outcome === 'LOST_ANSWER') return `No se sabe si llegó a la ${code}, y enviarlo otra vez lo duplicaría`;
      if (outcome === 'REJECTED') return `La ${code} lo rechazó${error === null ? '' : `: «${error}»`}`;
      if (outcome === 'NOT_SENT')
        return `En un día no se pudo llamar a la ${code}${error === null ? '' : `: «${error}»`}`;
      return `Al registro en la ${code} le falta algo${error === null ? '' : `: ${error}`}`;
    },
  },
  en: {
    said: (text: string) => `: “${text}”`,
    rejected: (code: string) => `${code} refused it`,
    givenUp: 'it is not sent again by itself',
    again: (at: string) => `it is sent again after ${at}`,
    notReported: 'it is not sent again while the point is not live',
    waits: 'It is not sent while the point is not live',
    lost: (code: string) => `It is not known whether it reached ${code}`,
    stopped: (code: string) => `${code} takes nothing from this point`,
    differs: (code: string) => `${code} holds other values under this voucher`,
    unverified: (code: string) => `${code} has not confirmed that it has it`,
    skipped: 'There were no readings for that time',
    dismissed: 'A person decided not to send it',
    takenBack: 'A person took back the voucher that had been written down',
    review: (code: string, outcome: SubmissionOutcome | null, error: string | null) => {
      if (outcome === 'ACCEPTED_WITHOUT_VOUCHER') return `${code} accepted it without giving a voucher`;
      if (outcome === 'DUPLICATE_WITHOUT_VOUCHER') return `${code} had it already and does not say under which voucher`;
      if (outcome === 'LOST_ANSWER')
        return `It is not known whether it reached ${code}; sending it again would double it`;
      if (outcome === 'REJECTED') return `${code} refused it${error === null ? '' : `: “${error}”`}`;
      if (outcome === 'NOT_SENT') return `For a day ${code} could not be called${error === null ? '' : `: “${error}”`}`;
      return `The registration at ${code} lacks something${error === null ? '' : `: ${error}`}`;
    },
  },
} as const;
