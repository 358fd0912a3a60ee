import { useTranslations } from 'next-intl';

const known = ['caudal', 'totalizador', 'nivelFreaticoDelPozo'] as const;

/** The reported values of a slot, by the regulator's names, as they are shown. */
export function valuesOf(values: unknown): readonly (readonly [string, string])[] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).map(([name, value]) => [name, String(value) === '' ? '–' : String(value)] as const);
}

/** What a reported value is called, with its unit; the regulator's own name for what has none of ours. */
export function useValueName(): (name: string) => string {
  const t = useTranslations('voucher.values');
  return (name) => {
    const found = known.find((one) => one === name);
    return found === undefined ? name : t(found);
  };
}
