import { z } from 'zod';
import { variableKinds } from '../variables/variable-kinds.ts';

const decimalText = (pattern: RegExp, message: string) => z.string().regex(pattern, message);
const constant = decimalText(/^\d{1,9}(\.\d{1,9})?$/, 'must be positive, with at most nine decimals').refine(
  (text) => Number(text) > 0,
  'must be above zero',
);
const shift = decimalText(/^-?\d{1,11}(\.\d{1,6})?$/, 'must be a number with at most six decimals');
const stand = decimalText(/^\d{1,15}(\.\d{1,9})?$/, 'must not be negative, with at most nine decimals');

/** A new version of a quantity's constants: what is left out is as in the version before. */
export const constantsSchema = z
  .object({
    pointId: z.uuid(),
    variable: z.enum(variableKinds),
    validFrom: z.date(),
    pulsesPerLiter: constant.nullish(),
    litersPerPulse: constant.nullish(),
    calibrationFactor: constant.nullish(),
    offset: shift.nullish(),
    maxFlowLps: decimalText(/^\d{1,9}(\.\d{1,3})?$/, 'must be positive, with at most three decimals').nullish(),
  })
  .refine(({ pulsesPerLiter, litersPerPulse }) => !pulsesPerLiter || !litersPerPulse, {
    path: ['litersPerPulse'],
    message: 'give pulses per litre or litres per pulse, not both',
  })
  .refine(
    ({ variable, pulsesPerLiter, litersPerPulse, maxFlowLps }) => {
      return variable === 'TOTAL' || (!pulsesPerLiter && !litersPerPulse && !maxFlowLps);
    },
    { path: ['variable'], message: 'only TOTAL is counted in pulses and has a flow that can pass' },
  );

export const meterChangeSchema = z.object({
  pointId: z.uuid(),
  changedAt: z.date(),
  finalM3: stand.nullish(),
  initialM3: stand.nullish(),
  meterDigits: z.number().int().min(1).max(15).nullish(),
  serial: z.string().trim().min(1).max(64).nullish(),
  note: z.string().trim().min(1).max(500).nullish(),
});
