import type { MeasurementQuality } from '../derivation/derive-measurement.ts';
import type { AddedMeasurement } from '../events.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';

/** A measured value with its unit, time and point, whether it was read or has just come in. */
export interface LiveMeasurement {
  readonly pointId: string;
  readonly variable: VariableKind;
  readonly value: number;
  readonly unit: string;
  readonly measuredAt: Date;
  readonly quality: MeasurementQuality;
  readonly flags: readonly string[];
}

export function fromAdded(pointId: string, { measuredAt, ...added }: AddedMeasurement): LiveMeasurement {
  return { ...added, pointId, measuredAt: new Date(measuredAt) };
}
