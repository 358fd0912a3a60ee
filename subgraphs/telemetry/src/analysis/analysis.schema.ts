import { NotFound } from '@cauce/shared/errors/outcomes';
import type { CatchmentPoint } from '../points/point.ts';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { type VariableKind, variableDefinitions } from '../variables/variable-kinds.ts';
import { analysisStates } from './analysis.ts';
import { addAnomalies } from './anomalies.schema.ts';
import { addForecasts } from './forecasts.schema.ts';
import { addTrends } from './trends.schema.ts';

export type AnalysisRefs = ReturnType<typeof createAnalysisRefs>;

/** What a viewer asked about: one quantity of a point that was loaded for them. */
export interface AskedSeries {
  readonly point: CatchmentPoint;
  readonly variable: VariableKind;
}

/** Adds what the history of a quantity comes to: `trend`, `anomalies`, `forecast`, `waterRightOutlook`, and `analyseCatchmentPoint`. */
export function addAnalysis(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const own = createAnalysisRefs(builder);
  addTrends(builder, refs, own);
  addAnomalies(builder, refs, own);
  addForecasts(builder, refs, own);
  builder.mutationField('analyseCatchmentPoint', (t) =>
    t.field({
      type: refs.point,
      description:
        'Makes trends, anomalies and forecasts of a point at once, where its history changed since they were made; else they follow every hour and every night. A few seconds.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound], union: { name: 'AnalyseCatchmentPointResult' } },
      args: { id: t.arg.id({ description: 'The point.' }) },
      resolve: (_root, { id }, { services }) => services.analyses.analyse(id),
    }),
  );
}

function createAnalysisRefs(builder: TelemetryBuilder) {
  return {
    state: builder.enumType('AnalysisState', {
      description:
        'READY: there are figures. NOT_ENOUGH_HISTORY: too little was measured yet to say anything. WAITING: it was not made yet. FAILED: it could not be made; it is tried again when the history changes.',
      values: analysisStates,
    }),
  };
}

/** Unit of the values by hour or by day: what a counter moves in it, or the mean. */
export function unitPer(variable: VariableKind, step: 'h' | 'd'): string {
  const { unit, isCounter } = variableDefinitions[variable];
  return isCounter ? `${unit}/${step}` : unit;
}
