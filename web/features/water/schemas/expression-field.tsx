'use client';
import { useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import type { ExpressionProblemCode } from '../../../graphql/generated/graphql.ts';
import { given } from '../../../ui/given.ts';
import { completionsOf } from './complete-name.ts';
import classes from './schemas.module.css';

/** Where an expression is wrong, as the graph tells it. */
export interface ShownProblem {
  readonly code: ExpressionProblemCode;
  readonly detail: string | null;
  /** From 1. */
  readonly column: number;
  readonly length: number;
}

/** An expression with the names that could follow, and what is wrong with it under the place that it is about. */
export function ExpressionField({
  label,
  hint,
  value,
  problem,
  names,
  functions,
  longest,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly problem: ShownProblem | null;
  readonly names: readonly string[];
  readonly functions: readonly string[];
  readonly longest: number;
  readonly onChange: (text: string) => void;
}) {
  const t = useTranslations('water.schemas');
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const offered = cursor === null ? [] : completionsOf(value, cursor, names, functions);
  const notes = [hint === undefined ? null : `${id}-hint`, problem === null ? null : `${id}-wrong`].filter(
    (note) => note !== null,
  );
  const follow = () => setCursor(field.current?.selectionStart ?? null);
  return (
    <div className={classes.expression}>
      <label htmlFor={id}>{label}</label>
      <textarea
        ref={field}
        id={id}
        rows={2}
        spellCheck={false}
        autoComplete="off"
        maxLength={longest}
        value={value}
        {...given('aria-describedby', notes.length === 0 ? undefined : notes.join(' '))}
        {...given('aria-invalid', problem === null ? undefined : true)}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setCursor(event.currentTarget.selectionStart);
        }}
        onSelect={follow}
      />
      {offered.length === 0 ? null : (
        <ul className={classes.offered} aria-label={t('offered')}>
          {offered.map(({ name, text, cursor: next }) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => {
                  onChange(text);
                  setCursor(null);
                  field.current?.focus();
                  requestAnimationFrame(() => field.current?.setSelectionRange(next, next));
                }}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
      {problem === null ? null : (
        <div id={`${id}-wrong`} className={classes.problem}>
          <Place text={value} problem={problem} />
          <span>
            {t(`problems.${problem.code}`, { detail: problem.detail ?? '' })}{' '}
            {t('atColumn', { column: problem.column })}
          </span>
        </div>
      )}
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className={classes.hint}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** The expression once more, with the part that it is about marked; a mark of its own where something is missing. */
function Place({ text, problem: { column, length } }: { readonly text: string; readonly problem: ShownProblem }) {
  const start = column - 1;
  const end = start + length;
  return (
    <code aria-hidden="true">
      {text.slice(0, start)}
      <mark>{text.slice(start, end) || '\u00a0'}</mark>
      {text.slice(end)}
    </code>
  );
}
