import { useLocale, useTranslations } from 'next-intl';
import { formatWritten } from '../../../ui/format/numbers.ts';

const known = ['caudal', 'totalizador', 'nivelFreaticoDelPozo', 'Q', 'VA', 'NF'] as const;

/** The reported values of a slot, by the regulator's names, as they were sent. */
export function valuesOf(values: unknown): readonly (readonly [string, string])[] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).map(([name, value]) => [name, String(value)] as const);
}

/** A reported value for who reads it: its name with its unit, or the regulator's own name for it, and the number. */
export function useReported(): (name: string, value: string) => readonly [name: string, value: string] {
  const t = useTranslations('voucher.values');
  const language = useLocale() === 'en' ? 'en' : 'es';
  return (name, value) => {
    const found = known.find((one) => one === name);
    return [found === undefined ? name : t(found), value === '' ? '–' : formatWritten(value, language)];
  };
}
