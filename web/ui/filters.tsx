'use client';
import { IconSearch } from '@tabler/icons-react';
import classes from './filters.module.css';

/** Free text that narrows a list. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  return (
    <span className={classes.search}>
      <IconSearch size={14} aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </span>
  );
}

/** One of a few values that narrow a list, or all of them. */
export function FilterSelect<Value extends string>({
  label,
  value,
  options,
  all,
  onChange,
}: {
  readonly label: string;
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly all: string;
  readonly onChange: (value: Value | null) => void;
}) {
  return (
    <select
      className={classes.select}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) =>
        onChange(options.find((option) => option.value === event.currentTarget.value)?.value ?? null)
      }
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
