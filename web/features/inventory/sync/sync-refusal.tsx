'use client';
import { useTranslations } from 'next-intl';
import type { Refusal } from '../../../graphql/use-act.ts';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import { erpProblem } from './erp-problems.ts';

/** Why an ERP was not read, changed or copied. */
export function SyncRefusal({ refusal }: { readonly refusal: Refusal | null }) {
  const t = useTranslations('inventory.erp.problems');
  const words = ({ code }: Refusal) => {
    const known = erpProblem(code);
    return known === null ? undefined : t(known);
  };
  return <RefusalNote refusal={refusal} words={words} />;
}
