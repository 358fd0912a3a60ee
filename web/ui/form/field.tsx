'use client';
import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { given } from '../given.ts';
import classes from './form.module.css';

interface FieldProps {
  readonly label: string;
  /** What it is for, or how it is written. */
  readonly hint?: string | undefined;
  /** What is wrong with what stands in it, from our own check or the server's. */
  readonly wrong?: string | undefined;
}

type Asked = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'>;

/** One line of text. */
export function TextField({
  label,
  hint,
  wrong,
  value,
  onChange,
  ...asked
}: FieldProps & Asked & { readonly value: string; readonly onChange: (text: string) => void }) {
  return (
    <Labelled label={label} hint={hint} wrong={wrong}>
      {(described) => (
        <input {...asked} {...described} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
      )}
    </Labelled>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  wrong,
  value,
  rows = 3,
  onChange,
}: FieldProps & { readonly value: string; readonly rows?: number; readonly onChange: (text: string) => void }) {
  return (
    <Labelled label={label} hint={hint} wrong={wrong}>
      {(described) => (
        <textarea {...described} rows={rows} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
      )}
    </Labelled>
  );
}

/** One of a few. */
export function SelectField<Value extends string>({
  label,
  hint,
  wrong,
  value,
  options,
  onChange,
}: FieldProps & {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}) {
  const choose = (text: string) => {
    const chosen = options.find((option) => option.value === text);
    if (chosen !== undefined) onChange(chosen.value);
  };
  return (
    <Labelled label={label} hint={hint} wrong={wrong}>
      {(described) => (
        <select {...described} value={value} onChange={(event) => choose(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface Described {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

function Labelled({
  label,
  hint,
  wrong,
  children,
}: {
  readonly label: string;
  readonly hint: string | undefined;
  readonly wrong: string | undefined;
  readonly children: (described: Described) => ReactNode;
}) {
  const id = useId();
  const notes = [hint === undefined ? null : `${id}-hint`, wrong === undefined ? null : `${id}-wrong`].filter(
    (note) => note !== null,
  );
  return (
    <div className={classes.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...given('aria-describedby', notes.length === 0 ? undefined : notes.join(' ')),
        ...given('aria-invalid', wrong === undefined ? undefined : true),
      })}
      {wrong === undefined ? null : (
        <span id={`${id}-wrong`} className={classes.wrong}>
          {wrong}
        </span>
      )}
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className={classes.hint}>
          {hint}
        </span>
      )}
    </div>
  );
}
