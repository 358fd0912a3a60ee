import { z } from 'zod';
import type { Language } from '../notifications/notification.ts';
import type { Sentence } from './explain-alert.ts';

/**
 * Says which rule of a schema does not hold: in the words of who wrote it, with the group and the values that it was
 * judged by. Evidence in another form is told by the group alone.
 */
export function validationSentence(language: Language): Sentence {
  return (evidence, words) => {
    const at = words.at(evidence, 'from');
    const parsed = evidenceSchema.safeParse(evidence);
    if (!parsed.success) return at;
    const { sentenceEs, sentenceEn, schema, values } = parsed.data;
    const told = (language === 'es' ? sentenceEs : sentenceEn).replace(/[.\s]+$/, '');
    const shown = values.map(({ name, labelEs, labelEn, value, unit }) => {
      const label = (language === 'es' ? labelEs : labelEn) ?? name;
      return `${label} ${words.value({ value, unit })}`;
    });
    return `${told} (${schema}, ${at})${shown.length === 0 ? '' : `: ${shown.join(', ')}`}`;
  };
}

const evidenceSchema = z.object({
  schema: z.string(),
  sentenceEs: z.string(),
  sentenceEn: z.string(),
  values: z.array(
    z.object({
      name: z.string(),
      // Older evidence has none.
      labelEs: z.string().optional(),
      labelEn: z.string().optional(),
      value: z.number(),
      unit: z.string(),
    }),
  ),
});
