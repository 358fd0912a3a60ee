'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { Refusal } from '../../graphql/use-act.ts';

const worded = [
  'REQUIRED',
  'INVALID_TYPE',
  'INVALID_FORMAT',
  'INVALID_VALUE',
  'TOO_SMALL',
  'TOO_BIG',
  'OUT_OF_RANGE',
  'IN_THE_FUTURE',
  'HTTPS_NEEDED',
  'UNKNOWN_UNIT',
  'NOT_MEASURED',
  'NOT_AS_REGISTERED',
  'OWNED_BY_ERP',
  'HAS_READINGS',
  'ALREADY_MEASURED',
  'CHANNEL_TAKEN',
  'DEEPER_THAN_WELL',
] as const;

/**
 * Answers what the server says is wrong with a field, by its path in the input (`range.from`), or by a path that
 * begins with it; undefined when nothing is. The words are the app's where the rule is known; else the server's, which are English, or the rule's code.
 */
export function useFieldWords(refusal: Refusal | null): (path: string) => string | undefined {
  const t = useTranslations('fields');
  return useCallback(
    (path) => {
      const found = refusal?.fields.find((field) => field.path === path || field.path.startsWith(`${path}.`));
      if (found === undefined) return undefined;
      const known = worded.find((code) => code === found.code);
      return known === undefined ? t('other', { code: found.code, message: found.message }) : t(known);
    },
    [refusal, t],
  );
}
