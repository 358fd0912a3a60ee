'use client';
import { writeUnit } from '../../ui/format/units.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { LiveValue } from '../../ui/live-value.tsx';
import { newestValue, type VariableName, variableDigits } from './variables.ts';

/** The newest value of a variable with its unit; it fades when it changes. */
export function Measured({
  latest,
  name,
}: {
  readonly latest: readonly { readonly variable: string; readonly value: number | null; readonly unit: string }[];
  readonly name: VariableName;
}) {
  const format = useFormat();
  const measured = newestValue(latest, name);
  return (
    <LiveValue
      text={format.quantity(measured?.value, writeUnit(measured?.unit ?? ''), { digits: variableDigits[name] })}
    />
  );
}
