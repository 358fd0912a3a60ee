import type { PointEntry, VariableVersion } from '../intake/point-directory.ts';
import type { ChannelValue } from '../intake/reading-message.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';
import { pulsesToCubicMetres } from './pulse-volume.ts';

export type MeasurementQuality = 'GOOD' | 'SUSPECT' | 'BAD' | 'HELD';
type MeasurementFlag = 'OUT_OF_RANGE' | 'CLOCK_AHEAD' | 'COUNTER_RESET' | 'COUNTER_ROLLOVER';

/** A quantity in its unit, made from one channel's value by a version of the point's constants. */
export interface DerivedMeasurement {
  readonly variable: VariableKind;
  readonly measuredAt: Date;
  readonly value: number;
  readonly rawValue: number;
  readonly unit: string;
  readonly quality: MeasurementQuality;
  readonly flags: readonly MeasurementFlag[];
  readonly constantsId: string;
}

/** How far a device's clock may run ahead before its readings are held for a person. */
const clockToleranceMs = 24 * 3_600_000;

/**
 * What a channel's value means for the point, or null when it means nothing: text, a channel that nobody mapped, a
 * quantity that the point does not have, pulses without a constant. Raw readings are kept in any case.
 */
export function deriveMeasurement(
  point: PointEntry,
  { channel, value }: ChannelValue,
  measuredAt: Date,
  now: Date,
): DerivedMeasurement | null {
  const mapping = point.channels.get(channel);
  if (mapping === undefined || value === null) return null;
  const version = versionAt(point.versions, mapping.variable, measuredAt);
  if (version === undefined) return null;
  const scaled = mapping.multiplier.times(value);
  const amount = mapping.isPulses
    ? pulsesToCubicMetres(scaled, version)?.plus(version.offset)
    : scaled.times(version.calibrationFactor).plus(version.offset);
  if (amount === undefined || !amount.isFinite()) return null;
  const result = amount.toNumber();
  const isOdd =
    (version.minValue !== null && result < version.minValue) ||
    (version.maxValue !== null && result > version.maxValue);
  const isHeld = measuredAt.getTime() - now.getTime() > clockToleranceMs;
  const flags: MeasurementFlag[] = [];
  if (isOdd) flags.push('OUT_OF_RANGE');
  if (isHeld) flags.push('CLOCK_AHEAD');
  return {
    variable: mapping.variable,
    measuredAt,
    value: result,
    rawValue: value,
    unit: version.unit,
    quality: isHeld ? 'HELD' : isOdd ? 'SUSPECT' : 'GOOD',
    flags,
    constantsId: version.id,
  };
}

/** The constants in force at an instant; what was measured before the first version takes the first. */
function versionAt(
  versions: readonly VariableVersion[],
  variable: VariableKind,
  measuredAt: Date,
): VariableVersion | undefined {
  const own = versions.filter((version) => version.variable === variable);
  return own.findLast((version) => version.validFrom <= measuredAt) ?? own[0];
}
