import type { Dictionary } from '../dictionary/dictionary.service.ts';
import { allExamples, type Example } from './examples.ts';

export interface Examples {
  /** Examples whose every metric the viewer may read. */
  all(): readonly Example[];
}

export function createExamples(dictionary: Dictionary): Examples {
  return {
    all: () => allExamples.filter(({ metrics }) => dictionary.metricsNamed(metrics).length === metrics.length),
  };
}
