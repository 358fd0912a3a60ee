import type { Prisma } from '@cauce/prisma/client';
import { Exact } from '../exact-decimal.ts';

type Decimal = Prisma.Decimal;

/** What a meter's pulse is worth: one of the two ways of saying it, and the calibration of the whole chain. */
export interface PulseConstants {
  readonly pulsesPerLiter: Decimal | null;
  readonly litersPerPulse: Decimal | null;
  readonly calibrationFactor: Decimal;
}

/** Digits after the point that a volume keeps: a thousandth of a millilitre of a cubic metre. */
export const volumeDigits = 9;

/**
 * Pulses to cubic metres: pulses × calibration ÷ (pulses per litre × 1000), or pulses × litres per pulse × calibration
 * ÷ 1000. Exact wherever nine digits hold the result, otherwise rounded half to even once at the end. Null without a
 * constant.
 */
export function pulsesToCubicMetres(pulses: number | Decimal, constants: PulseConstants): Decimal | null {
  const { pulsesPerLiter, litersPerPulse, calibrationFactor } = constants;
  const counted = new Exact(pulses).times(calibrationFactor);
  if (litersPerPulse !== null) return counted.times(litersPerPulse).dividedBy(1_000).toDecimalPlaces(volumeDigits);
  if (pulsesPerLiter === null) return null;
  return counted.dividedBy(new Exact(pulsesPerLiter).times(1_000)).toDecimalPlaces(volumeDigits);
}
