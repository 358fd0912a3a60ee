import type { PointVariable, ReprocessRun, Rule } from '@cauce/prisma/client';
import { addDateRangeInput } from '@cauce/shared/schema/date-range';
import { type Alert, alertSeverities, alertStatuses, ruleKinds } from './alerts/alert.ts';
import type { Registration } from './compliance/decisions/registration.ts';
import { type Submission, submissionOutcomes, submissionStatuses } from './compliance/submission.ts';
import type { LiveMeasurement } from './live/live-measurement.ts';
import { languages } from './notifications/notification.ts';
import { type CatchmentPoint, extractionStandards, pointStatuses, pointTypes, waterSources } from './points/point.ts';
import { pulledKinds } from './providers/provider-settings.ts';
import type { ProviderView } from './providers/providers.store.ts';
import { seriesAggregates } from './series/series-buckets.ts';
import { seriesGrains } from './series/series-plan.ts';
import type { TelemetryBuilder } from './services.ts';
import { variableKinds } from './variables/variable-kinds.ts';

export type TelemetryRefs = ReturnType<typeof createRefs>;

/**
 * Types that the features refer to each other by. The entities of other subgraphs are known by their keys only: no
 * query asks whether they exist.
 */
export function createRefs(builder: TelemetryBuilder) {
  const variable = builder.enumType('VariableKind', {
    description: 'A quantity that a catchment point measures; `variables` tells the unit of each.',
    values: variableKinds,
  });
  return {
    site: builder.externalRef('Site', builder.selection<{ id: string }>('id'), (key) => key),
    company: builder.externalRef('Company', builder.selection<{ id: string }>('id'), (key) => key),
    user: builder.externalRef('User', builder.selection<{ id: string }>('id'), (key) => key),
    point: builder.objectRef<CatchmentPoint>('CatchmentPoint'),
    alert: builder.objectRef<Alert>('Alert'),
    rule: builder.objectRef<Rule>('Rule'),
    language: builder.enumType('Language', { description: 'ISO 639-1 language.', values: languages }),
    measurement: builder.objectRef<LiveMeasurement>('Measurement'),
    provider: builder.objectRef<ProviderView>('Provider'),
    providerKind: builder.enumType('ProviderKind', {
      description:
        'Which protocol a provider speaks: six presets of three, what devices speak themselves, and `HTTP_PULL` for any HTTP service that a description fits.',
      values: [...pulledKinds, 'MQTT', 'CHIRPSTACK', 'SPARKPLUG', 'HTTP_PUSH', 'MANUAL'] as const,
    }),
    constants: builder.objectRef<PointVariable>('PointVariable'),
    reprocessRun: builder.objectRef<ReprocessRun>('ReprocessRun'),
    submission: builder.objectRef<Submission>('ComplianceSubmission'),
    registration: builder.objectRef<Registration>('ComplianceRegistration'),
    dateRange: addDateRangeInput(builder),
    timeRange: builder.inputType('TimeRangeInput', {
      description: 'Instants, from the first to right before the second; at most eleven years.',
      fields: (t) => ({
        from: t.field({ type: 'DateTime', description: 'First instant.' }),
        to: t.field({ type: 'DateTime', description: 'End, not included.' }),
      }),
    }),
    variable,
    channelInput: builder.inputType('ProviderChannelInput', {
      description: 'What one channel of a device carries.',
      fields: (t) => ({
        channel: t.string({ description: 'Its name at the provider: `5001`, `total`, `caudal`.' }),
        variable: t.field({ type: variable, description: 'The quantity.' }),
        isPulses: t.boolean({ required: false, description: 'Whether it counts pulses; no if left out.' }),
        unit: t.string({
          required: false,
          description: 'The unit it is sent in, `m3/h`; a value that names another is refused.',
        }),
        multiplier: t.field({
          type: 'Decimal',
          required: false,
          description: 'Factor to the unit of the quantity; from `unit` if left out.',
        }),
      }),
    }),
    pointType: builder.enumType('CatchmentPointType', { description: 'What water comes from.', values: pointTypes }),
    pointStatus: builder.enumType('CatchmentPointStatus', {
      description:
        'ACTIVE speaks; OFFLINE has gone silent; MAINTENANCE and INACTIVE are not watched; ERROR needs a person.',
      values: pointStatuses,
    }),
    waterSource: builder.enumType('WaterSourceKind', {
      description: 'Ground or surface water, as the regulator tells them apart.',
      values: waterSources,
    }),
    standard: builder.enumType('ExtractionStandard', {
      description: 'Size class of an extraction; it decides how often the regulator is told.',
      values: extractionStandards,
    }),
    quality: builder.enumType('MeasurementQuality', {
      description:
        'GOOD; SUSPECT broke a rule and is shown; BAD is unusable; HELD waits for a person and counts nowhere.',
      values: ['GOOD', 'SUSPECT', 'BAD', 'HELD'] as const,
    }),
    grain: builder.enumType('SeriesGrain', {
      description: 'How measurements are gathered: each one, or by hour, day or month in the point’s zone.',
      values: seriesGrains,
    }),
    aggregate: builder.enumType('SeriesAggregate', {
      description: 'Which number stands for a bucket. DELTA: volume that a counter moved, m3.',
      values: seriesAggregates,
    }),
    severity: builder.enumType('AlertSeverity', { description: 'How bad it is.', values: alertSeverities }),
    alertStatus: builder.enumType('AlertStatus', {
      description: 'OPEN: nobody has looked. ACKNOWLEDGED: somebody has. RESOLVED: over.',
      values: alertStatuses,
    }),
    ruleKind: builder.enumType('RuleKind', { description: 'What a rule watches.', values: ruleKinds }),
    submissionStatus: builder.enumType('SubmissionStatus', {
      description:
        'State of a slot in the ledger. UNKNOWN: the answer was lost, nothing is sent again before its time. NEEDS_REVIEW waits for a person.',
      values: submissionStatuses,
    }),
    submissionOutcome: builder.enumType('SubmissionOutcome', {
      description: 'What one attempt came to.',
      values: submissionOutcomes,
    }),
  };
}
