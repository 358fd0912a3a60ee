import { AugursDied } from '@cauce/shared/forecasting/augurs';
import { serveTasks } from '@cauce/shared/threads/thread-task';
import { type AnalysisAnswer, type AnalysisTask, trendSpans } from './analysis-task.ts';
import { findAnomalies } from './engine/find-anomalies.ts';
import { dailyPlan, hourlyPlan, makeForecast } from './engine/forecast.ts';
import { findTrend } from './engine/trend.ts';

// The thread that computes; it is given numbers and reaches nothing else.
serveTasks<AnalysisTask, AnalysisAnswer>({ compute, breaks: (error) => error instanceof AugursDied });

function compute(task: AnalysisTask): AnalysisAnswer {
  if (task.ask === 'ANOMALIES') {
    return { ask: 'ANOMALIES', anomalies: findAnomalies(task.hours, { mayRest: task.mayRest }) };
  }
  const { hours, days } = task;
  const trendOf = (span: number) => findTrend(days.subarray(-span));
  return {
    ask: 'OUTLOOK',
    figures: {
      trends: {
        QUARTER: trendOf(trendSpans.QUARTER),
        YEAR: trendOf(trendSpans.YEAR),
        THREE_YEARS: trendOf(trendSpans.THREE_YEARS),
      },
      hourly: makeForecast(hours, hourlyPlan),
      daily: makeForecast(days, dailyPlan),
    },
  };
}
