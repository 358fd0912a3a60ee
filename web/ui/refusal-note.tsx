'use client';
import { useTranslations } from 'next-intl';
import type { Refusal } from '../graphql/use-act.ts';
import classes from './form/form.module.css';

const worded = [
  ...(['VALIDATION_FAILED', 'NOT_FOUND', 'CONFLICT', 'RATE_LIMITED', 'FORBIDDEN', 'NETWORK'] as const),
  ...(['INTERNAL', 'TIMEOUT', 'SUBGRAPH_UNAVAILABLE', 'UNAUTHENTICATED'] as const),
] as const;

/**
 * Why something was not done, in words: those of the page, or those that hold everywhere. What the graph itself says is
 * in English: who reads another language gets the code of what nobody has worded yet.
 */
export function RefusalNote({
  refusal,
  words,
}: {
  readonly refusal: Refusal | null;
  /** Says what the code means on this page; undefined for what means the same everywhere. */
  readonly words?: (refusal: Refusal) => string | undefined;
}) {
  const t = useTranslations('refused');
  const text = (refused: Refusal) => {
    const { code, message } = refused;
    const known = words?.(refused);
    if (known !== undefined) return known;
    // What is wrong stands at each field.
    if (refused.fields.length > 0) return t('fields');
    return t(worded.find((one) => one === code) ?? 'other', { code, message });
  };
  return (
    <p className={classes.refusal} role="alert">
      {refusal === null ? null : text(refusal)}
    </p>
  );
}

/** Words for the codes that mean something of their own on a page; the others mean the same everywhere. */
export function wordsFor<Code extends string>(
  codes: readonly Code[],
  say: (code: Code) => string,
): (refusal: Refusal) => string | undefined {
  return ({ code }) => {
    const known = codes.find((one) => one === code);
    return known === undefined ? undefined : say(known);
  };
}
