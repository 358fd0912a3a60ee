import { isTimeZone } from '@cauce/shared/time-zone';
import { z } from 'zod';
import { pointDeviceSchema } from '../providers/provider-input.ts';
import { variableKinds } from '../variables/variable-kinds.ts';
import { extractionStandards, pointStatuses, pointTypes, waterSources } from './point.ts';

/** Made of what fits one level of a device topic. */
const code = z
  .string()
  .trim()
  .min(2)
  .max(40)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters, digits, dots, dashes and underscores');
const name = z.string().trim().min(2).max(120);
const metres = z.number().min(-500).max(9_000);
const depth = z.number().min(0).max(2_000);
const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone such as America/Santiago');
const decimal = (pattern: RegExp, message: string) => z.string().regex(pattern, message);
const amount = decimal(/^\d{1,9}(\.\d{1,3})?$/, 'must be positive, with at most three decimals');
const constant = decimal(/^\d{1,9}(\.\d{1,9})?$/, 'must be positive, with at most nine decimals').refine(
  (text) => Number(text) > 0,
  'must be above zero',
);

const variable = z
  .object({
    variable: z.enum(variableKinds),
    channel: z.string().trim().min(1).max(64).nullish(),
    pulsesPerLiter: constant.nullish(),
    litersPerPulse: constant.nullish(),
    calibrationFactor: constant.nullish(),
    minValue: z.number().nullish(),
    maxValue: z.number().nullish(),
  })
  .refine(({ pulsesPerLiter, litersPerPulse }) => !pulsesPerLiter || !litersPerPulse, {
    path: ['litersPerPulse'],
    message: 'give pulses per litre or litres per pulse, not both',
  })
  .refine((given) => given.variable === 'TOTAL' || (!given.pulsesPerLiter && !given.litersPerPulse), {
    path: ['pulsesPerLiter'],
    message: 'only TOTAL is counted in pulses',
  })
  .refine(({ minValue, maxValue }) => minValue == null || maxValue == null || minValue < maxValue, {
    path: ['minValue'],
    message: 'must be below maxValue',
  });

export type VariableInput = z.output<typeof variable>;

const variables = z
  .array(variable)
  .max(variableKinds.length)
  .refine((list) => new Set(list.map((given) => given.variable)).size === list.length, 'name each quantity once')
  .refine((list) => areDistinct(list.flatMap(({ channel }) => channel ?? [])), 'name each channel once');

const described = {
  sourceKind: z.enum(waterSources).nullish(),
  latitude: z.number().min(-90).max(90).nullish(),
  longitude: z.number().min(-180).max(180).nullish(),
  altitudeM: metres.nullish(),
  wellDepthM: depth.nullish(),
  sensorDepthM: depth.nullish(),
  standard: z.enum(extractionStandards).nullish(),
  waterRightFlowLps: amount.nullish(),
  waterRightYearlyM3: amount.nullish(),
  meterDigits: z.number().int().min(1).max(15).nullish(),
};

const devices = z.array(pointDeviceSchema).max(20).nullish();
const samplingMinutes = z.number().int().min(1).max(1_440);

export const createPointSchema = z.object({
  code,
  name,
  type: z.enum(pointTypes),
  siteId: z.uuid(),
  companyId: z.uuid(),
  samplingMinutes: samplingMinutes.nullish(),
  timeZone: timeZone.nullish(),
  variables: variables.min(1),
  devices,
  ...described,
});

/** What is left out stays; null empties. */
export const updatePointSchema = z.object({
  id: z.uuid(),
  expectedUpdatedAt: z.date().nullish(),
  name: name.optional(),
  type: z.enum(pointTypes).optional(),
  status: z.enum(pointStatuses).optional(),
  samplingMinutes: samplingMinutes.optional(),
  timeZone: timeZone.optional(),
  newVariables: variables.nullish(),
  newDevices: devices,
  deviceStates: z
    .array(z.object({ id: z.uuid(), isActive: z.boolean() }))
    .max(100)
    .nullish(),
  ...described,
});

function areDistinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
