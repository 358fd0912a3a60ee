import type { Prisma } from '@cauce/prisma/client';
import { z } from 'zod';

export const answerStatuses = ['QUEUED', 'RUNNING', 'ANSWERED', 'CLARIFY', 'ABSTAINED', 'FAILED', 'CANCELLED'] as const;
export const planKinds = ['METRIC', 'GRAPHQL', 'SQL'] as const;
export const stepStatuses = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'SKIPPED'] as const;

export interface AnswerPlan {
  readonly kind: (typeof planKinds)[number];
  readonly text: string;
  /** Made of governed metrics only. */
  readonly governed: boolean;
}

export interface AnswerColumn {
  readonly name: string;
  readonly type: string;
  readonly unit: string | null;
}

export interface AnswerEvidence {
  readonly metrics: readonly { readonly name: string; readonly version: number }[];
  readonly datasets: readonly string[];
  /** How old the oldest data behind it was. */
  readonly freshness: Date | null;
  readonly sql: string | null;
}

export interface AnswerStep {
  readonly agent: string;
  readonly status: (typeof stepStatuses)[number];
  readonly durationMs: number | null;
}

/** A question and all that came of it, as one person may read it. */
export interface Answer {
  readonly id: string;
  readonly threadId: string;
  readonly question: string;
  readonly locale: string;
  readonly status: (typeof answerStatuses)[number];
  /** Null until there is one. */
  readonly plan: AnswerPlan | null;
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly unknown[];
  readonly rowCount: number;
  readonly chart: unknown;
  readonly summary: string | null;
  readonly explanation: string | null;
  readonly warnings: readonly string[];
  readonly evidence: AnswerEvidence;
  readonly steps: readonly AnswerStep[];
  readonly cached: boolean;
  readonly tookMs: number | null;
  readonly errorCode: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** What is read with an answer, in a fixed number of statements however many answers. */
export const answerParts = {
  steps: { orderBy: { position: 'asc' } },
  metrics: { include: { metricVersion: { select: { name: true, version: true } } } },
} as const satisfies Prisma.AnswerInclude;

export type AnswerRow = Prisma.AnswerGetPayload<{ include: typeof answerParts }>;

const columnsSchema = z.array(
  z.object({
    name: z.string(),
    type: z.string(),
    unit: z
      .string()
      .nullish()
      .transform((unit) => unit ?? null),
  }),
);
const evidenceSchema = z.object({
  datasets: z.array(z.string()).default([]),
  freshness: z.iso.datetime().nullish(),
  sql: z.string().nullish(),
});

/** Parses a stored answer; its JSON columns were written by us and must still be what we write. */
export function toAnswer(row: AnswerRow): Answer {
  const evidence = evidenceSchema.parse(row.evidence);
  return {
    id: row.id,
    threadId: row.threadId,
    question: row.question,
    locale: row.locale,
    status: row.status,
    plan: row.planKind === null ? null : { kind: row.planKind, text: row.planText ?? '', governed: row.isGoverned },
    columns: columnsSchema.parse(row.columns),
    rows: z.array(z.unknown()).parse(row.rows),
    rowCount: row.rowCount,
    chart: row.chart,
    summary: row.summary,
    explanation: row.explanation,
    warnings: z.array(z.string()).parse(row.warnings),
    evidence: {
      metrics: row.metrics
        .map(({ metricVersion }) => metricVersion)
        .sort((left, right) => left.name.localeCompare(right.name)),
      datasets: evidence.datasets,
      freshness: evidence.freshness ? new Date(evidence.freshness) : null,
      sql: evidence.sql ?? null,
    },
    steps: row.steps.map(({ agent, status, durationMs }) => ({ agent, status, durationMs })),
    cached: row.isCached,
    tookMs: row.tookMs,
    errorCode: row.errorCode,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
  };
}
