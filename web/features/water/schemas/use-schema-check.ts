'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  PreviewWaterSchemaDocument,
  type WaterGroupFragment,
  WaterGroupFragmentDoc,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import type { ShownProblem } from './expression-field.tsx';
import { isAskable, previewInput, type SchemaDraft } from './schema-draft.ts';

/** What the graph says of a schema that is being written. */
export interface SchemaCheck {
  /** Nothing was found that is wrong. */
  readonly isRight: boolean;
  readonly isLoading: boolean;
  /** Null while nothing can be shown. */
  readonly groups: readonly WaterGroupFragment[] | null;
  /** What is wrong with the expression at a path. */
  problem(path: string): ShownProblem | null;
  /** What is wrong with any other field, in words. */
  wrong(path: string): string | undefined;
}

const pauseMs = 350;

const worded = ['NAME_TAKEN', 'NAME_RESERVED', 'NO_COUNTER'] as const;

/** Asks about a form a moment after the last change; what was found before stands until the answer is there. */
export function useSchemaCheck(draft: SchemaDraft, point: string | null): SchemaCheck {
  const t = useTranslations('water.schemas');
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), pauseMs);
    return () => clearTimeout(timer);
  }, [draft]);
  const canAsk = isAskable(settled);
  const { data, isLoading } = useGraph(
    PreviewWaterSchemaDocument,
    useMemo(() => ({ input: previewInput(settled), point }), [settled, point]),
    { pause: !canAsk },
  );
  const answer = data?.previewTelemetrySchema;
  const shown = answer?.__typename === 'TelemetrySchemaPreview' ? answer : null;
  const refused = answer?.__typename === 'ValidationFailed' ? answer.fields : [];
  const failures = [...(shown?.failures ?? []), ...refused];
  const problems = shown?.problems ?? [];
  return {
    isRight: settled === draft && canAsk && shown !== null && problems.length === 0 && failures.length === 0,
    isLoading: isLoading && canAsk,
    groups: shown?.groups?.map((group) => readFragment(WaterGroupFragmentDoc, group)) ?? null,
    problem: (path) => problems.find((one) => one.path === path) ?? null,
    wrong: (path) => {
      const found = failures.find((one) => one.path === path || one.path.startsWith(`${path}.`));
      if (found === undefined) return undefined;
      const known = worded.find((code) => code === found.code);
      return known === undefined ? t('wrong.other') : t(`wrong.${known}`);
    },
  };
}
