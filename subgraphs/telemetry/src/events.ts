import { defineTopic } from '@cauce/shared/events/domain-event';
import type { MeasurementQuality } from './derivation/derive-measurement.ts';
import type { VariableKind } from './variables/variable-kinds.ts';

export interface AddedMeasurement {
  readonly variable: VariableKind;
  readonly value: number;
  readonly unit: string;
  readonly measuredAt: string;
  readonly quality: MeasurementQuality;
  readonly flags: readonly string[];
}

/** New measurements of one point, as one transaction added them, oldest first. */
export const measurementAdded = defineTopic<{
  readonly pointId: string;
  readonly pointCode: string;
  readonly measurements: readonly AddedMeasurement[];
}>('telemetry.measurementAdded', { isPublic: true });

/** An episode began; later changes of the same alert are not announced here. */
export const alertRaised = defineTopic<{ readonly alertId: string; readonly pointId: string }>(
  'telemetry.alertRaised',
  {
    isPublic: true,
  },
);

/** A point was made, edited, or went silent or came back. */
export const pointStatusChanged = defineTopic<{
  readonly pointId: string;
  readonly pointCode: string;
  readonly status: string;
  readonly previousStatus: string | null;
}>('telemetry.pointStatusChanged', { isPublic: true });

/** Measurements of a point were made again from its raw readings, or it was found out what would come of that. */
export const readingsReprocessed = defineTopic<{
  readonly runId: string;
  readonly pointId: string;
  readonly isDryRun: boolean;
  /** Measurements that came out otherwise. */
  readonly changed: number;
}>('telemetry.readingsReprocessed');

/** An episode was seen by somebody, or is over. */
export const alertChanged = defineTopic<{
  readonly alertId: string;
  readonly pointId: string;
  readonly status: 'ACKNOWLEDGED' | 'RESOLVED';
}>('telemetry.alertChanged', { isPublic: true });

/** A slot of the ledger changed its state; `previousStatus` is null for one that is new. */
export const complianceSubmissionChanged = defineTopic<{
  readonly submissionId: string;
  readonly pointId: string;
  readonly status: string;
  readonly previousStatus: string | null;
}>('telemetry.complianceSubmissionChanged', { isPublic: true });
