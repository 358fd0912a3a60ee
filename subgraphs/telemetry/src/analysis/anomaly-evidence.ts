import { type VariableKind, variableDefinitions } from '../variables/variable-kinds.ts';
import { hourMs } from './engine/even-series.ts';
import type { Anomaly } from './engine/find-anomalies.ts';

/** What an alert keeps and tells of an anomaly, by the names that the evidence of other rules has. */
export function anomalyEvidence(anomaly: Anomaly, variable: VariableKind) {
  const { kind, from, to, observed, expected, score } = anomaly;
  const { unit, isCounter } = variableDefinitions[variable];
  const rounded = (value: number) => Number(value.toPrecision(6));
  return {
    ...{ anomaly: kind, variable, unit: isCounter ? `${unit}/h` : unit },
    ...{ value: rounded(observed), expected: rounded(expected), score: rounded(score) },
    ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString(), hours: (to - from) / hourMs },
  };
}
