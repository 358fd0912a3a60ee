'use client';
import { SelectField } from './field.tsx';

/** Whether something holds, chosen by the words for it. */
export function SwitchField({
  label,
  on,
  off,
  value,
  onChange,
}: {
  readonly label: string;
  readonly on: string;
  readonly off: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}) {
  return (
    <SelectField
      label={label}
      value={value ? 'on' : 'off'}
      options={[
        { value: 'on', label: on },
        { value: 'off', label: off },
      ]}
      onChange={(chosen) => onChange(chosen === 'on')}
    />
  );
}
