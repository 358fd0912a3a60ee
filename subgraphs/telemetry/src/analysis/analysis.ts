import type { SeriesAnalysis } from '@cauce/prisma/client';
import { z } from 'zod';
import { anomalyKinds } from './engine/find-anomalies.ts';
import { forecastMethods } from './engine/forecast.ts';

/** What is kept of a quantity, as it is stored. */
export type StoredAnalysis = SeriesAnalysis;

export const analysisStates = ['READY', 'NOT_ENOUGH_HISTORY', 'FAILED', 'WAITING'] as const;
export type AnalysisState = (typeof analysisStates)[number];

const instant = z.number();

export const anomalySchema = z.object({
  kind: z.enum(anomalyKinds),
  from: instant,
  to: instant,
  observed: z.number(),
  expected: z.number(),
  score: z.number(),
  isOngoing: z.boolean(),
});
export type KeptAnomaly = z.output<typeof anomalySchema>;

const trendSchema = z.object({
  direction: z.enum(['RISING', 'FALLING', 'STEADY']),
  perMonth: z.number(),
  lowPerMonth: z.number(),
  highPerMonth: z.number(),
  pValue: z.number(),
  percentPerMonth: z.number().nullable(),
  isSeasonRemoved: z.boolean(),
  measuredDays: z.int(),
  spanDays: z.int(),
});

const forecastSchema = z.object({
  method: z.enum(forecastMethods),
  steps: z.array(z.object({ expected: z.number(), low: z.number(), high: z.number() })),
  backtest: z.object({
    origins: z.int(),
    meanError: z.number(),
    naiveError: z.number(),
    mase: z.number().nullable(),
    coverage: z.number(),
  }),
  meanErrorLow: z.number(),
  meanErrorHigh: z.number(),
});

const waterRightSchema = z.object({
  usedM3: z.number(),
  grantedM3: z.number(),
  from: instant,
  m3PerDay: z.number(),
  lowM3PerDay: z.number(),
  highM3PerDay: z.number(),
  projectedM3: z.number(),
  lowM3: z.number(),
  highM3: z.number(),
  usedUpOn: instant.nullable(),
  earliest: instant.nullable(),
  latest: instant.nullable(),
});

/** What is kept of the trends and forecasts of a quantity. */
export const outlookSchema = z.object({
  trends: z.object({
    QUARTER: trendSchema.nullable(),
    YEAR: trendSchema.nullable(),
    THREE_YEARS: trendSchema.nullable(),
  }),
  hourly: forecastSchema.nullable(),
  daily: forecastSchema.nullable(),
  /** Where the forecasts begin, ms since 1970; of days, in a zone without offset. */
  hourlyFrom: instant,
  dailyFrom: instant,
  waterRight: waterRightSchema.nullable(),
});
export type Outlook = z.output<typeof outlookSchema>;
