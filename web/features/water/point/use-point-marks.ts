'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { CounterStoryFragmentDoc, PointMarksDocument } from '../../../graphql/generated/graphql.ts';
import { type GraphAnswer, useGraph } from '../../../graphql/use-graph.ts';
import { capitalised } from '../../../ui/format/capitalised.ts';
import type { DayRange } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { useCounterWords } from './counter-words.ts';
import { markedSteps, type PointMark } from './point-marks.ts';

/** What happened at a point in a period, and what its counter counted in it. */
export function usePointMarks(pointId: string, range: DayRange) {
  const t = useTranslations('water.point.marks');
  const { language } = useFormat();
  const counterWords = useCounterWords();
  const answer = useGraph(
    PointMarksDocument,
    useMemo(() => ({ point: pointId, points: [pointId], range, language }), [pointId, range, language]),
  );
  const story = readFragment(CounterStoryFragmentDoc, answer.data?.catchmentPoint?.consumption) ?? null;
  const marks = useMemo((): readonly PointMark[] => {
    const alerts = answer.data?.alerts.edges.map(({ node }) => node) ?? [];
    const meters = answer.data?.catchmentPoint?.meterChanges ?? [];
    return [
      ...alerts.map(
        ({ id, title, explanation, severity, raisedAt, resolvedAt, status }): PointMark => ({
          ...{ id, severity, kind: 'alert', title: capitalised(title), text: explanation, atMs: Date.parse(raisedAt) },
          untilMs: status === 'RESOLVED' && resolvedAt !== null ? Date.parse(resolvedAt) : null,
        }),
      ),
      ...(story?.steps ?? [])
        .filter(({ kind }) => markedSteps.includes(kind))
        .map(
          (step): PointMark => ({
            ...{ id: `${step.kind} ${step.at}`, kind: 'counter', severity: 'INFO', untilMs: null },
            ...{ title: counterWords.name(step.kind), text: counterWords.sentence(step), atMs: Date.parse(step.at) },
          }),
        ),
      ...meters.map(
        ({ id, changedAt, serial, note }): PointMark => ({
          ...{ id, kind: 'meter', severity: 'INFO', untilMs: null, title: t('meter') },
          ...{ atMs: Date.parse(changedAt), text: [serial, note].filter((fact) => fact !== null).join(' · ') },
        }),
      ),
    ];
  }, [answer.data, story, counterWords, t]);
  return { marks, story, answer: answer satisfies GraphAnswer<unknown> };
}
