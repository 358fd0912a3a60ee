import { useTranslations } from 'next-intl';

const known = ['caudal', 'totalizador', 'nivelFreaticoDelPozo'] as const;

/** What a reported value is called, with its unit; the regulator's own name for what has none of ours. */
export function useValueName(): (name: string) => string {
  const t = useTranslations('voucher.values');
  return (name) => {
    const found = known.find((one) => one === name);
    return found === undefined ? name : t(found);
  };
}
