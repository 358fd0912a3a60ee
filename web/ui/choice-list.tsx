'use client';
import { IconCheck } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import classes from './choice-list.module.css';

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** A second fact in a quieter voice: the kind of a site. */
  readonly note?: string;
  readonly icon?: ReactNode;
}

export interface ChoiceListProps {
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly selectedId: string | null;
  readonly onChoose: (id: string) => void;
  /** Offers a search field; sensible from about eight choices on. */
  readonly search?: { readonly placeholder: string; readonly nothing: string };
}

/** One of several, by arrow keys, by typing, or by pointing. */
export function ChoiceList({ name, choices, selectedId, onChoose, search }: ChoiceListProps) {
  const id = useId();
  const [text, setText] = useState('');
  const found = choices.filter((choice) => matches(choice, text));
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      choices.findIndex((choice) => choice.id === selectedId),
    ),
  );
  const current = Math.min(active, found.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const target = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: found.length - 1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      setActive((target + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const choice = found[current];
      if (choice !== undefined) onChoose(choice.id);
    }
  };
  const listProps = {
    'aria-label': name,
    ...(found[current] === undefined ? {} : { 'aria-activedescendant': `${id}-${found[current].id}` }),
  };
  return (
    <div className={classes.root}>
      {search === undefined ? null : (
        <input
          className={classes.search}
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          {...listProps}
          placeholder={search.placeholder}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      )}
      <div
        id={id}
        role="listbox"
        className={classes.list}
        {...listProps}
        {...(search === undefined ? { tabIndex: 0, 'data-autofocus': true, onKeyDown } : { tabIndex: -1 })}
      >
        {found.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the focus and hears the keys
          <div
            key={choice.id}
            id={`${id}-${choice.id}`}
            role="option"
            aria-selected={choice.id === selectedId}
            data-active={index === current}
            className={classes.choice}
            onClick={() => onChoose(choice.id)}
            onPointerMove={() => setActive(index)}
          >
            {choice.icon}
            <span className={classes.label}>{choice.label}</span>
            {choice.note === undefined ? null : <span className={classes.note}>{choice.note}</span>}
            {choice.id === selectedId ? <IconCheck size={14} className={classes.check} aria-hidden="true" /> : null}
          </div>
        ))}
      </div>
      {found.length === 0 && search !== undefined ? <p className={classes.nothing}>{search.nothing}</p> : null}
    </div>
  );
}

/** Letters without their accents: `clinica` finds `Clínica`. */
function matches({ label, note }: Choice, text: string): boolean {
  const plain = (value: string) => value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain(`${label} ${note ?? ''}`).includes(plain(text.trim()));
}
