import { Prisma } from '@cauce/prisma/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pulsesToCubicMetres, volumeDigits } from './pulse-volume.ts';

const decimal = (text: string) => new Prisma.Decimal(text);
const perLiter = (pulses: string, calibration = '1') => ({
  pulsesPerLiter: decimal(pulses),
  litersPerPulse: null,
  calibrationFactor: decimal(calibration),
});
const perPulse = (liters: string, calibration = '1') => ({
  pulsesPerLiter: null,
  litersPerPulse: decimal(liters),
  calibrationFactor: decimal(calibration),
});

/** Any decimal that a constant's column holds: up to 9 digits before and after the point, above zero. */
const constant = fc
  .tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 999_999_999 }))
  .filter(([whole, fraction]) => whole + fraction > 0)
  .map(([whole, fraction]) => ({
    text: `${whole}.${String(fraction).padStart(9, '0')}`,
    /** Times a thousand million, whole. */
    scaled: BigInt(whole) * 1_000_000_000n + BigInt(fraction),
  }));
const pulses = fc.bigInt({ min: 0n, max: 999_999_999_999_999n });

/** A fraction rounded half to even at nine digits, in whole numbers only: what the code must answer. */
function roundedFraction(numerator: bigint, denominator: bigint): string {
  const unit = 10n ** BigInt(volumeDigits);
  const quotient = (numerator * unit) / denominator;
  const rest = 2n * (numerator * unit - quotient * denominator);
  const isUp = rest > denominator || (rest === denominator && quotient % 2n === 1n);
  const rounded = quotient + (isUp ? 1n : 0n);
  return decimal(`${rounded / unit}.${String(rounded % unit).padStart(volumeDigits, '0')}`).toFixed();
}

describe('pulsesToCubicMetres', () => {
  it.each([
    ['1000', '1', 1_000_000, '1'],
    ['100', '1', 100_000, '1'],
    ['500', '1', 500_000, '1'],
    ['1000', '1.023', 120_934, '0.123715482'],
    ['500', '1.015', 7, '0.00001421'],
  ])('turns %s pulses a litre, calibrated by %s, into cubic metres', (constantText, calibration, count, expected) => {
    expect(pulsesToCubicMetres(count, perLiter(constantText, calibration))?.toFixed()).toBe(expected);
  });

  it('takes meters that give a pulse for many litres', () => {
    expect(pulsesToCubicMetres(120_934, perPulse('100'))?.toFixed()).toBe('12093.4');
  });

  it('answers nothing without a constant', () => {
    const none = { pulsesPerLiter: null, litersPerPulse: null, calibrationFactor: decimal('1') };
    expect(pulsesToCubicMetres(5, none)).toBeNull();
  });

  it('equals the exact fraction, rounded once, for every counter and every constant by pulses per litre', () => {
    fc.assert(
      fc.property(pulses, constant, constant, (count, perLitre, calibration) => {
        const result = pulsesToCubicMetres(decimal(String(count)), perLiter(perLitre.text, calibration.text));
        // The scales of calibration and constant cancel out.
        expect(result?.toFixed()).toBe(roundedFraction(count * calibration.scaled, perLitre.scaled * 1_000n));
      }),
      { numRuns: 500 },
    );
  });

  it('equals the exact fraction, rounded once, for every counter and every constant by litres per pulse', () => {
    fc.assert(
      fc.property(pulses, constant, constant, (count, litres, calibration) => {
        const result = pulsesToCubicMetres(decimal(String(count)), perPulse(litres.text, calibration.text));
        const scale = 10n ** 18n;
        expect(result?.toFixed()).toBe(roundedFraction(count * calibration.scaled * litres.scaled, scale * 1_000n));
      }),
      { numRuns: 500 },
    );
  });
});
