import type { ReactNode } from 'react';
import classes from './form.module.css';

/** Any number of several, each with its box. */
export function CheckList({
  legend,
  choices,
  chosen,
  columns = 'one',
  onChange,
}: {
  readonly legend: string;
  readonly choices: readonly { readonly value: string; readonly label: ReactNode }[];
  readonly chosen: readonly string[];
  readonly columns?: 'one' | 'many';
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <fieldset className={classes.checks} data-columns={columns}>
      <legend>{legend}</legend>
      {choices.map(({ value, label }) => (
        <label key={value}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
