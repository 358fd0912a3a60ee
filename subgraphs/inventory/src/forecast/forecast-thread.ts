import { AugursDied } from '@cauce/shared/forecasting/augurs';
import { serveTasks } from '@cauce/shared/threads/thread-task';
import type { Forecast } from './engine/demand-forecast.ts';
import { type ForecastQuestion, forecastDemand } from './engine/forecast-demand.ts';

// The thread that forecasts: some histories at a time, in the order in which they are given.
serveTasks<readonly ForecastQuestion[], readonly Forecast[]>({
  compute: (questions) => questions.map(forecastDemand),
  breaks: (error) => error instanceof AugursDied,
});
