import type { Language } from '../notifications/notification.ts';
import { variableInWords } from '../variables/variable-names.ts';
import type { Evidence, Sentence, Words } from './explain-alert.ts';

/** Says what is not as usual, from the evidence of an anomaly. One of a kind that is not known tells what was measured. */
export function anomalySentence(language: Language): Sentence {
  return (evidence, words) => {
    const sentence = sentences[language][String(evidence.anomaly)] ?? sentences[language].SPIKE;
    return sentence === undefined ? '' : sentence(evidence, words, quantityIn(evidence, language));
  };
}

type QuantitySentence = (evidence: Evidence, words: Words, quantity: string) => string;

const sentences: Readonly<Record<Language, Readonly<Record<string, QuantitySentence>>>> = {
  es: {
    SPIKE: (e, w, quantity) =>
      `El ${w.at(e, 'from')} ${quantity} llegó a ${w.value(e)} y se esperaba ${w.number(e, 'expected')}: se aparta ${w.number(e, 'score')} veces más de lo que suele variar`,
    SHIFT: (e, w, quantity) =>
      `Desde el ${w.at(e, 'from')}, por ${w.number(e, 'hours')} h, ${quantity} está en ${w.value(e)} y se esperaba ${w.number(e, 'expected')}`,
    STUCK: (e, w, quantity) =>
      `Desde el ${w.at(e, 'from')}, por ${w.number(e, 'hours')} h, ${quantity} repite ${w.value(e)} sin moverse`,
    LOST_SEASON: (e, w, quantity) =>
      `Desde el ${w.at(e, 'from')} ${quantity} varía ${w.value(e)} en el día y solía variar ${w.number(e, 'expected')}`,
  },
  en: {
    SPIKE: (e, w, quantity) =>
      `On ${w.at(e, 'from')} ${quantity} reached ${w.value(e)} where ${w.number(e, 'expected')} was expected: ${w.number(e, 'score')} times further off than it is used to`,
    SHIFT: (e, w, quantity) =>
      `Since ${w.at(e, 'from')}, for ${w.number(e, 'hours')} h, ${quantity} has been at ${w.value(e)} where ${w.number(e, 'expected')} was expected`,
    STUCK: (e, w, quantity) =>
      `Since ${w.at(e, 'from')}, for ${w.number(e, 'hours')} h, ${quantity} has shown ${w.value(e)} without moving`,
    LOST_SEASON: (e, w, quantity) =>
      `Since ${w.at(e, 'from')} ${quantity} varies by ${w.value(e)} in a day and used to vary by ${w.number(e, 'expected')}`,
  },
};

/** Of a counter it is what flows, not where it stands. */
function quantityIn({ variable }: Evidence, language: Language): string {
  if (variable === 'TOTAL') return language === 'es' ? 'el consumo' : 'consumption';
  return variableInWords(variable, language) ?? (language === 'es' ? 'la medida' : 'the value');
}
