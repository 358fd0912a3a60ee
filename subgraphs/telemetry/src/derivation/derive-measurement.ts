import type { Prisma } from '@cauce/prisma/client';
import type { CounterReading, CounterScale } from '../counter/counter-reading.ts';
import { Exact } from '../exact-decimal.ts';
import type { ChannelMapping, VariableVersion } from '../intake/point-directory.ts';
import type { ChannelValue } from '../intake/reading-message.ts';
import { type VariableKind, variableDefinitions } from '../variables/variable-kinds.ts';
import { pulsesToCubicMetres, volumeDigits } from './pulse-volume.ts';

export type MeasurementQuality = 'GOOD' | 'SUSPECT' | 'BAD' | 'HELD';

export type MeasurementFlag =
  | 'OUT_OF_RANGE'
  | 'CLOCK_AHEAD'
  | 'COUNTER_RESET'
  | 'COUNTER_ROLLOVER'
  | 'COUNTER_JUMP'
  | 'COUNTER_DECREASE'
  | 'COUNTER_SPIKE'
  | 'COUNTER_UNCONFIRMED'
  | 'METER_REPLACED';

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
  /** Of a counter: what its consumption is worked out from. */
  readonly counter: CounterReading | null;
}

/** What is known of a point to make sense of its channels. */
export interface Meaning {
  readonly channels: ReadonlyMap<string, ChannelMapping>;
  /** Constants of each quantity, oldest version first. */
  readonly versions: readonly VariableVersion[];
}

/** How far a device's clock may run ahead before its readings are held for a person. */
const clockToleranceMs = 24 * 3_600_000;
/** Beyond what can be measured of water in any unit. What says more is kept raw and measures nothing: no sum could hold it. */
const largestAmount = 1e12;

/**
 * What a channel's value means for the point, or null when it means nothing: text, a channel that nobody mapped, a
 * quantity that the point does not have, pulses without a constant. Raw readings are kept in any case.
 * @param receivedAt when the value came in, which its own time is judged by
 */
export function deriveMeasurement(
  { channels, versions }: Meaning,
  { channel, value }: ChannelValue,
  measuredAt: Date,
  receivedAt: Date,
): DerivedMeasurement | null {
  const mapping = channels.get(channel);
  if (mapping === undefined || value === null) return null;
  const { variable } = mapping;
  const version = versionAt(versions, variable, measuredAt);
  if (version === undefined) return null;
  const scale = scaleOf(mapping, version);
  if (scale === null || !Number.isFinite(value)) return null;
  const counter = variableDefinitions[variable].isCounter ? counterReading(mapping, scale, value, measuredAt) : null;
  const amount = counter === null ? amountOf(mapping, scale, value) : counter.m3.toNumber();
  // A number that is none is not below it either.
  if (!(Math.abs(amount) < largestAmount)) return null;
  const isOdd =
    (version.minValue !== null && amount < version.minValue) ||
    (version.maxValue !== null && amount > version.maxValue);
  const isHeld = measuredAt.getTime() - receivedAt.getTime() > clockToleranceMs;
  const flags: MeasurementFlag[] = [];
  if (isOdd) flags.push('OUT_OF_RANGE');
  if (isHeld) flags.push('CLOCK_AHEAD');
  return {
    ...{ variable, measuredAt, value: amount, rawValue: value, flags, counter },
    unit: version.unit,
    quality: isHeld ? 'HELD' : isOdd ? 'SUSPECT' : 'GOOD',
    constantsId: version.id,
  };
}

interface Scale extends CounterScale {
  /** It leaves every count as it is, so that nothing has to be worked out. */
  readonly isIdentity: boolean;
}

function counterReading(mapping: ChannelMapping, scale: Scale, value: number, measuredAt: Date): CounterReading {
  const count = new Exact(mapping.multiplier).times(value);
  return { at: measuredAt.getTime(), m3: scale.toM3(count), counted: { count, scale } };
}

function amountOf(mapping: ChannelMapping, scale: Scale, value: number): number {
  return scale.isIdentity ? value : scale.toM3(new Exact(mapping.multiplier).times(value)).toNumber();
}

/** Of each version and mapping once: both stay the same objects from batch to batch. */
const scales = new WeakMap<VariableVersion, WeakMap<ChannelMapping, Scale | null>>();

/** Null for pulses that nobody said the worth of. */
function scaleOf(mapping: ChannelMapping, version: VariableVersion): Scale | null {
  const own = scales.get(version) ?? new WeakMap<ChannelMapping, Scale | null>();
  scales.set(version, own);
  const known = own.get(mapping);
  if (known !== undefined) return known;
  const made = makeScale(mapping, version);
  own.set(mapping, made);
  return made;
}

function makeScale({ isPulses, variable, multiplier }: ChannelMapping, version: VariableVersion): Scale | null {
  const { id, calibrationFactor, offset, maxFlowLps, pulsesPerLiter, litersPerPulse } = version;
  const isRounded = variableDefinitions[variable].isCounter;
  const calibrated = (count: Prisma.Decimal) => {
    const amount = new Exact(count).times(calibrationFactor);
    return isRounded ? amount.toDecimalPlaces(volumeDigits) : amount;
  };
  if (isPulses && pulsesPerLiter === null && litersPerPulse === null) return null;
  return {
    ...{ constantsId: id, maxFlowLps },
    counts: isPulses ? 'PULSES' : 'VOLUME',
    isIdentity: !isPulses && !isRounded && multiplier.equals(1) && calibrationFactor.equals(1) && offset.isZero(),
    toM3: (count) => ((isPulses ? pulsesToCubicMetres(count, version) : null) ?? calibrated(count)).plus(offset),
  };
}

/** The constants in force at an instant; what was measured before the first version takes the first. */
function versionAt(
  versions: readonly VariableVersion[],
  variable: VariableKind,
  measuredAt: Date,
): VariableVersion | undefined {
  const isOwn = (version: VariableVersion) => version.variable === variable;
  return versions.findLast((version) => isOwn(version) && version.validFrom <= measuredAt) ?? versions.find(isOwn);
}
