import type { Prisma } from '@cauce/prisma/client';
import { explainSubmission, slotTime } from '../compliance/explain-submission.ts';
import type { MessageText } from './message-text.ts';
import type { Language } from './notification.ts';

type ToldSlot = Prisma.ComplianceSubmissionGetPayload<{
  include: { source: true; config: true; point: true; attemptRows: true };
}>;

/** Tells of a slot that its regulator refused or that waits for a person: what, where, when, and why. */
export function complianceText(slot: ToldSlot, language: Language): MessageText {
  const { point, source, config, status, attemptRows } = slot;
  const words = texts[language];
  const outcome = attemptRows[0]?.outcome ?? null;
  const isReported = config.mode === 'LIVE' && config.stoppedAt === null;
  const why = explainSubmission({ ...slot, outcome, isReported, regulator: source }, language);
  return {
    subject: `${words.subjects[status === 'NEEDS_REVIEW' || status === 'STOPPED' ? status : 'REJECTED']}: ${point.code}`,
    body: [
      `${point.name} (${point.code})`,
      `${words.report(source.name, slotTime(slot.slotAt, language, source.timeZone))}.`,
      ...(why === null ? [] : [`${why}.`]),
      ...(status === 'STOPPED' ? [words.stopped] : []),
      ...(status === 'NEEDS_REVIEW' || status === 'REJECTED' ? [words.decide] : []),
    ].join('\n'),
  };
}

const texts = {
  es: {
    subjects: { NEEDS_REVIEW: 'Envío por revisar', REJECTED: 'Envío rechazado', STOPPED: 'Envíos detenidos' },
    report: (regulator: string, at: string) => `Envío a ${regulator} del ${at}`,
    decide: 'Espera la decisión de una persona en la página de cumplimiento.',
    stopped: 'Nada más se envía de este punto hasta que se corrija su registro.',
  },
  en: {
    subjects: { NEEDS_REVIEW: 'Report to be reviewed', REJECTED: 'Report refused', STOPPED: 'Reports stopped' },
    report: (regulator: string, at: string) => `Report to ${regulator} for ${at}`,
    decide: 'It waits for a person to decide on the compliance page.',
    stopped: 'Nothing more is sent for this point until its registration is put right.',
  },
} as const;
