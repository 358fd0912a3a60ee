import { createComputeThread } from '@cauce/shared/threads/compute-thread';
import type { Forecast } from './engine/demand-forecast.ts';
import type { ForecastQuestion } from './engine/forecast-demand.ts';

/** Forecasts in a thread of its own, so that requests are served meanwhile. */
export interface Forecaster {
  /** Null for a history that came to nothing: the method broke or took too long. The others are not harmed by it. */
  forecast(questions: readonly ForecastQuestion[], signal?: AbortSignal): Promise<(Forecast | null)[]>;
  end(): Promise<void>;
}

/** Few at a time, so that who asks for one waits for a moment only while all are made. */
const inTask = 8;

export function createForecaster(): Forecaster {
  const thread = createComputeThread<readonly ForecastQuestion[], readonly Forecast[]>({
    script: new URL('./forecast-thread.ts', import.meta.url),
    milliseconds: 30_000,
    heapMegabytes: 256,
  });
  const one = async (question: ForecastQuestion, signal: AbortSignal | undefined) => {
    const [forecast = null] = await thread.run([question], signal).catch(() => {
      signal?.throwIfAborted();
      return [];
    });
    return forecast;
  };
  return {
    async forecast(questions, signal) {
      const done: (Forecast | null)[] = [];
      for (let at = 0; at < questions.length; at += inTask) {
        const some = questions.slice(at, at + inTask);
        const answer = await thread.run(some, signal).catch(async () => {
          signal?.throwIfAborted();
          const each: (Forecast | null)[] = [];
          for (const question of some) each.push(await one(question, signal));
          return each;
        });
        done.push(...answer);
      }
      return done;
    },
    end: () => thread.end(),
  };
}
