import { z } from 'zod';
import type { Language } from '../notifications/notification.ts';
import { variableInWords } from '../variables/variable-names.ts';
import type { Alert } from './alert.ts';
import { anomalySentence } from './anomaly-sentence.ts';
import { validationSentence } from './validation-sentence.ts';

type Kind = Alert['rule']['kind'];
type NamedRule = Pick<Alert['rule'], 'name' | 'kind' | 'createdBy'>;
type ToldAlert = Pick<Alert, 'evidence'> & { readonly rule: NamedRule };
export type Evidence = Readonly<Record<string, unknown>>;
export type Sentence = (evidence: Evidence, words: Words) => string;

/**
 * Says why an alert was raised, in one sentence without a full stop, from the evidence that was kept with it. Evidence
 * that an older version of a rule left is answered with the rule's name.
 */
export function explainAlert(alert: ToldAlert, language: Language, timeZone: string): string {
  const evidence = z.record(z.string(), z.unknown()).safeParse(alert.evidence);
  const words = wordsOf(language, timeZone);
  try {
    return evidence.success
      ? sentences[language][alert.rule.kind](evidence.data, words)
      : ruleName(alert.rule, language);
  } catch (error) {
    if (error instanceof MissingEvidence) return ruleName(alert.rule, language);
    throw error;
  }
}

/** What a rule is called: as a person named it, or by what it watches. */
export function ruleName({ name, kind, createdBy }: NamedRule, language: Language): string {
  return createdBy === null ? kindNames[language][kind] : name;
}

const kindNames: Readonly<Record<Language, Readonly<Record<Kind, string>>>> = {
  es: {
    RANGE: 'valor fuera de rango',
    RATE_OF_CHANGE: 'cambio demasiado rápido',
    SILENCE: 'sin lecturas',
    COUNTER_RESET: 'el contador no siguió su cuenta',
    FLOW_TOTAL_CONSISTENCY: 'caudal y totalizador no coinciden',
    LEVEL_TOTAL_CONSISTENCY: 'el nivel se mueve y el totalizador no',
    STUCK_VALUE: 'valor detenido',
    WATER_RIGHT_FLOW: 'caudal sobre el derecho',
    WATER_RIGHT_VOLUME: 'volumen anual sobre el derecho',
    SEASONAL_ANOMALY: 'fuera de lo acostumbrado',
    SCHEMA_VALIDATION: 'no se cumple lo que pide un esquema',
  },
  en: {
    RANGE: 'value out of range',
    RATE_OF_CHANGE: 'changing too fast',
    SILENCE: 'no readings',
    COUNTER_RESET: 'the counter did not go on',
    FLOW_TOTAL_CONSISTENCY: 'flow and counter disagree',
    LEVEL_TOTAL_CONSISTENCY: 'the level moves and the counter does not',
    STUCK_VALUE: 'value stuck',
    WATER_RIGHT_FLOW: 'flow above the water right',
    WATER_RIGHT_VOLUME: 'yearly volume above the water right',
    SEASONAL_ANOMALY: 'not as usual',
    SCHEMA_VALIDATION: 'a schema’s rule does not hold',
  },
};

const sentences: Readonly<Record<Language, Readonly<Record<Kind, Sentence>>>> = {
  es: {
    RANGE: (e, w) =>
      `Midió ${w.value(e)} el ${w.at(e, 'measuredAt')}${bounds(e, w, ['; lo permitido va', 'desde', 'hasta'])}`,
    RATE_OF_CHANGE: (e, w) =>
      `Pasó de ${w.number(e, 'previous')} a ${w.value(e)} hasta el ${w.at(e, 'measuredAt')}: ${w.number(e, 'perHour')} por hora, el límite es ${w.number(e, 'limitPerHour')}`,
    SILENCE: (e, w) =>
      `Sin lecturas${of(e, 'es', ' de')} desde el ${w.at(e, 'lastMeasuredAt')}; se espera una cada ${w.number(e, 'samplingMinutes')} min`,
    COUNTER_RESET: (e, w) => `El ${w.at(e, 'measuredAt')} el contador marcó ${w.value(e)} y no siguió su cuenta`,
    FLOW_TOTAL_CONSISTENCY: (e, w) =>
      `En ${w.number(e, 'hours')} h el caudal suma ${w.number(e, 'flowVolumeM3')} m³ y el totalizador avanzó ${w.number(e, 'totalVolumeM3')} m³: difieren en ${w.number(e, 'differencePct')} %`,
    LEVEL_TOTAL_CONSISTENCY: (e, w) =>
      `En ${w.number(e, 'hours')} h el nivel se movió ${w.number(e, 'levelChangeM')} m y el totalizador solo ${w.number(e, 'totalVolumeM3')} m³`,
    STUCK_VALUE: (e, w) => `Marca ${w.value(e)} sin cambio desde el ${w.at(e, 'since')}`,
    WATER_RIGHT_FLOW: (e, w) =>
      `Extrajo ${w.value(e)} en promedio en una hora; el derecho es de ${`${w.number(e, 'granted')} ${unitOf(e)}`.trimEnd()}`,
    WATER_RIGHT_VOLUME: (e, w) =>
      `Van ${w.number(e, 'usedM3')} m³ de ${w.number(e, 'grantedM3')} m³ del año; a este ritmo terminará en ${w.number(e, 'projectedM3')} m³${usedUp(e, w, ['; según el pronóstico se agota el', 'entre el', 'y el'])}`,
    SEASONAL_ANOMALY: anomalySentence('es'),
    SCHEMA_VALIDATION: validationSentence('es'),
  },
  en: {
    RANGE: (e, w) =>
      `Measured ${w.value(e)} on ${w.at(e, 'measuredAt')}${bounds(e, w, ['; allowed is', 'from', 'up to'])}`,
    RATE_OF_CHANGE: (e, w) =>
      `Went from ${w.number(e, 'previous')} to ${w.value(e)} by ${w.at(e, 'measuredAt')}: ${w.number(e, 'perHour')} an hour, the limit is ${w.number(e, 'limitPerHour')}`,
    SILENCE: (e, w) =>
      `No readings${of(e, 'en', ' of')} since ${w.at(e, 'lastMeasuredAt')}; one is expected every ${w.number(e, 'samplingMinutes')} min`,
    COUNTER_RESET: (e, w) =>
      `On ${w.at(e, 'measuredAt')} the counter showed ${w.value(e)} and did not go on from where it was`,
    FLOW_TOTAL_CONSISTENCY: (e, w) =>
      `In ${w.number(e, 'hours')} h the flow adds up to ${w.number(e, 'flowVolumeM3')} m³ and the counter moved by ${w.number(e, 'totalVolumeM3')} m³: ${w.number(e, 'differencePct')} % apart`,
    LEVEL_TOTAL_CONSISTENCY: (e, w) =>
      `In ${w.number(e, 'hours')} h the level moved by ${w.number(e, 'levelChangeM')} m and the counter by only ${w.number(e, 'totalVolumeM3')} m³`,
    STUCK_VALUE: (e, w) => `Has shown ${w.value(e)} without a change since ${w.at(e, 'since')}`,
    WATER_RIGHT_FLOW: (e, w) =>
      `Drew ${w.value(e)} on average in an hour; ${`${w.number(e, 'granted')} ${unitOf(e)}`.trimEnd()} is granted`,
    WATER_RIGHT_VOLUME: (e, w) =>
      `${w.number(e, 'usedM3')} m³ of the year’s ${w.number(e, 'grantedM3')} m³ are used; at this rate it will be ${w.number(e, 'projectedM3')} m³${usedUp(e, w, ['; by the forecast they are used up on', 'between', 'and'])}`,
    SEASONAL_ANOMALY: anomalySentence('en'),
    SCHEMA_VALIDATION: validationSentence('en'),
  },
};

/** The one quantity that it is about, where it is not about the whole point. */
function of({ variable }: Evidence, language: Language, before: string): string {
  const words = variableInWords(variable, language);
  // Spanish joins the two words.
  return words === null ? '' : `${before} ${words}`.replace(/ de el /, ' del ');
}

/** What was allowed, in the unit of the value; nothing where the evidence does not hold it. */
function bounds(evidence: Evidence, words: Words, [allowed, from, to]: readonly [string, string, string]): string {
  const ends = [
    evidence.min === undefined ? null : `${from} ${words.number(evidence, 'min')}`,
    evidence.max === undefined ? null : `${to} ${words.number(evidence, 'max')}`,
  ];
  const known = ends.filter((end) => end !== null);
  return known.length === 0 ? '' : [allowed, ...known, unitOf(evidence)].join(' ').trimEnd();
}

/** When the forecast says that the right is used up, where it says so. */
function usedUp(evidence: Evidence, words: Words, [on, between, and]: readonly [string, string, string]): string {
  if (evidence.usedUpOn === undefined) return '';
  const isHeld = evidence.earliest !== undefined && evidence.latest !== undefined;
  const band = isHeld ? ` (${between} ${words.day(evidence, 'earliest')} ${and} ${words.day(evidence, 'latest')})` : '';
  return `${on} ${words.day(evidence, 'usedUpOn')}${band}`;
}

class MissingEvidence extends Error {}

export interface Words {
  number(evidence: Evidence, key: string): string;
  /** The value with its unit. */
  value(evidence: Evidence): string;
  at(evidence: Evidence, key: string): string;
  /** A calendar day. */
  day(evidence: Evidence, key: string): string;
}

function wordsOf(language: Language, timeZone: string): Words {
  const locale = language === 'es' ? 'es-CL' : 'en-GB';
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const instants = new Intl.DateTimeFormat(locale, {
    ...{ timeZone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' });
  const instant = (evidence: Evidence, key: string) => {
    const value = evidence[key];
    if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) throw new MissingEvidence(key);
    return new Date(value);
  };
  const number = (evidence: Evidence, key: string) => {
    const value = evidence[key];
    if (typeof value !== 'number') throw new MissingEvidence(key);
    return numbers.format(value);
  };
  return {
    number,
    value: (evidence) => `${number(evidence, 'value')} ${unitOf(evidence)}`.trimEnd(),
    at: (evidence, key) => instants.format(instant(evidence, key)),
    day: (evidence, key) => days.format(instant(evidence, key)),
  };
}

/** Units as people write them; the codes are for programs. */
const symbols: Readonly<Record<string, string>> = {
  'l/s': 'L/s',
  m3: 'm³',
  Cel: '°C',
  'uS/cm': 'µS/cm',
  'm3/h': 'm³/h',
};

function unitOf({ unit }: Evidence): string {
  return typeof unit === 'string' ? (symbols[unit] ?? unit) : '';
}
