import type { PointDeviceInput, PointVariableInput, VariableKind } from '../../../graphql/generated/graphql.ts';
import { given } from '../../../ui/given.ts';

/** How a counter's readings become cubic metres. */
export const scales = ['m3', 'pulsesPerLiter', 'litersPerPulse'] as const;
export type Scale = (typeof scales)[number];

/** A quantity that is about to be measured. */
export interface VariableRow {
  /** Of the form, not of the graph. */
  readonly key: string;
  readonly variable: VariableKind;
  readonly channel: string;
  readonly scale: Scale;
  readonly scaleValue: string;
  readonly calibrationFactor: string;
  readonly minValue: string;
  readonly maxValue: string;
}

export interface ChannelRow {
  readonly key: string;
  readonly channel: string;
  readonly variable: VariableKind;
  readonly unit: string;
  readonly isPulses: boolean;
}

/** A device of a provider that is about to speak for the point. */
export interface DeviceRow {
  readonly key: string;
  readonly providerId: string;
  readonly deviceId: string;
  readonly channels: readonly ChannelRow[];
}

export function newVariable(variable: VariableKind): VariableRow {
  return {
    ...{ key: crypto.randomUUID(), variable, channel: '', scale: 'm3', scaleValue: '' },
    ...{ calibrationFactor: '', minValue: '', maxValue: '' },
  };
}

export function newChannel(variable: VariableKind): ChannelRow {
  return { key: crypto.randomUUID(), channel: '', variable, unit: '', isPulses: false };
}

export function sentVariable(row: VariableRow): PointVariableInput {
  const { variable, channel, scale, scaleValue, calibrationFactor, minValue, maxValue } = row;
  const isScaled = variable === 'TOTAL' && scale !== 'm3';
  return {
    variable,
    ...given('channel', filled(channel.trim())),
    ...(isScaled ? { [scale]: plain(scaleValue) } : {}),
    ...given('calibrationFactor', filled(plain(calibrationFactor))),
    ...(plain(minValue) === '' ? {} : { minValue: Number(plain(minValue)) }),
    ...(plain(maxValue) === '' ? {} : { maxValue: Number(plain(maxValue)) }),
  };
}

export function sentDevice({ providerId, deviceId, channels }: DeviceRow): PointDeviceInput {
  return {
    ...{ providerId, deviceId: deviceId.trim() },
    channels: channels.map(({ channel, variable, unit, isPulses }) => ({
      ...{ channel: channel.trim(), variable, isPulses: variable === 'TOTAL' && isPulses },
      ...given('unit', filled(unit.trim())),
    })),
  };
}

/** Whether everything that a row needs stands in it, and its numbers are some. */
export function isWhole({ variable, scale, scaleValue, minValue, maxValue }: VariableRow): boolean {
  const isNumber = (text: string) => plain(text) === '' || Number.isFinite(Number(plain(text)));
  const isScaled = variable !== 'TOTAL' || scale === 'm3' || plain(scaleValue) !== '';
  return isScaled && isNumber(minValue) && isNumber(maxValue);
}

function plain(text: string): string {
  return text.trim().replace(',', '.');
}

/** Undefined for an empty text. */
function filled(text: string): string | undefined {
  return text === '' ? undefined : text;
}
