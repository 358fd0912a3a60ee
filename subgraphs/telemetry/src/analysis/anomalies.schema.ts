import { explainAlert } from '../alerts/explain-alert.ts';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import type { ReadAnomalies } from './analyses.service.ts';
import type { AnalysisRefs, AskedSeries } from './analysis.schema.ts';
import { unitPer } from './analysis.schema.ts';
import type { KeptAnomaly } from './analysis.ts';
import { anomalyEvidence } from './anomaly-evidence.ts';
import { anomalyKinds } from './engine/find-anomalies.ts';

type SeriesAnomalies = AskedSeries & ReadAnomalies;
type SeriesAnomaly = AskedSeries & KeptAnomaly;

/** Adds `CatchmentPoint.anomalies`. */
export function addAnomalies(builder: TelemetryBuilder, refs: TelemetryRefs, { state }: AnalysisRefs): void {
  const { point, variable, language } = refs;
  const kind = builder.enumType('AnomalyKind', {
    description:
      'SPIKE: up to three hours far off. SHIFT: longer. STUCK: it stands still for longer than it is used to. LOST_SEASON: days do not swing any more as they are used to.',
    values: anomalyKinds,
  });
  const anomaly = builder.objectRef<SeriesAnomaly>('SeriesAnomaly').implement({
    description: 'A stretch of hours that is not as the hours before it.',
    fields: (t) => ({
      kind: t.expose('kind', { type: kind, description: 'What is unusual about it.' }),
      from: t.field({
        type: 'DateTime',
        description: 'Where its first hour begins.',
        resolve: (row) => new Date(row.from),
      }),
      to: t.field({ type: 'DateTime', description: 'Where its last hour ends.', resolve: (row) => new Date(row.to) }),
      isOngoing: t.exposeBoolean('isOngoing', { description: 'It goes on at the end of what was looked at.' }),
      observed: t.exposeFloat('observed', {
        description:
          'In `unit`: the worst hour of a SPIKE, the median of a SHIFT, the value of a STUCK one, how far a day swings in a LOST_SEASON.',
      }),
      expected: t.exposeFloat('expected', { description: 'What that should have been, in `unit`.' }),
      unit: t.string({ description: 'Unit of both.', resolve: (row) => unitPer(row.variable, 'h') }),
      score: t.exposeFloat('score', {
        description:
          'How many times further off than it is used to be; of a STUCK one how many times longer than it is used to stand.',
      }),
      explanation: t.string({
        description: 'What is unusual, in one sentence.',
        args: { language: t.arg({ type: language, defaultValue: 'es', description: 'In which language.' }) },
        resolve: (row, { language: wanted }) =>
          explainAlert({ evidence: anomalyEvidence(row, row.variable), rule: unnamed }, wanted, row.point.timeZone),
      }),
    }),
  });
  const anomalies = builder.objectRef<SeriesAnomalies>('SeriesAnomalies').implement({
    description:
      'What is not as usual in the last eight weeks of hours, against what was usual for the hour of the day or week. Late readings and corrections change it.',
    fields: (t) => ({
      state: t.expose('state', { type: state, description: 'Whether it was looked for.' }),
      variable: t.expose('variable', { type: variable, description: 'The quantity.' }),
      madeAt: t.expose('madeAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was looked for; null before.',
      }),
      upTo: t.expose('upTo', {
        type: 'DateTime',
        nullable: true,
        description: 'End of the last hour that was looked at.',
      }),
      items: t.field({
        type: [anomaly],
        description: 'Newest first.',
        resolve: ({ items, point: self, variable: own }) =>
          items.map((item) => ({ ...item, point: self, variable: own })),
      }),
    }),
  });
  builder.objectField(point, 'anomalies', (t) =>
    t.field({
      type: anomalies,
      description: 'What is not as usual in a quantity; looked for every hour. One that goes on raises an alert.',
      args: { variable: t.arg({ type: variable, description: 'The quantity.' }) },
      resolve: async (self, args, { services }) => ({
        ...(await services.analyses.anomalies(self.id, args.variable)),
        ...{ point: self, variable: args.variable },
      }),
    }),
  );
}

/** Told by the kind alone. */
const unnamed = { kind: 'SEASONAL_ANOMALY', name: '', createdBy: null } as const;
