'use client';
import { useTranslations } from 'next-intl';
import type { AlertSeverity } from '../../../graphql/generated/graphql.ts';
import { StateTag } from '../../../ui/state-tag.tsx';

export const severities = ['INFO', 'WARNING', 'CRITICAL'] as const satisfies readonly AlertSeverity[];

const tones = { CRITICAL: 'fault', WARNING: 'attention', INFO: 'neutral' } as const;

/** How bad something is, in a word. */
export function SeverityTag({ severity }: { readonly severity: AlertSeverity }) {
  const t = useTranslations('water.alerts.severities');
  return <StateTag tone={tones[severity]}>{t(severity)}</StateTag>;
}
