'use client';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './dropdown.module.css';

export interface DropdownProps {
  /** What the button says: the current choice. */
  readonly label: ReactNode;
  /** A quieter word beside the choice; left out where there is no room. */
  readonly note?: string;
  /** What the choice is about, for who cannot see where the button stands. */
  readonly name: string;
  readonly align?: 'start' | 'end';
  /** Opens upwards, for a button at the foot of the page. */
  readonly isUp?: boolean;
  readonly look?: 'field' | 'bare';
  readonly hasChevron?: boolean;
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens a small surface under it. Escape, a press elsewhere and a choice close it; focus comes back. */
export function Dropdown(props: DropdownProps) {
  const { label, note, name, align = 'start', isUp = false, look = 'field', hasChevron = true, children } = props;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const surface = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    surface.current?.querySelector<HTMLElement>('[data-autofocus], [aria-selected="true"], button, input, a')?.focus();
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from whatever inside has the focus
    <div
      ref={root}
      className={classes.root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        close();
      }}
      onBlur={(event) => {
        if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className={classes.button}
        data-look={look}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        {...(isOpen ? { 'aria-controls': id } : {})}
        {...(typeof label === 'string' ? {} : { title: name })}
        onClick={() => setOpen(!isOpen)}
      >
        {typeof label === 'string' ? (
          <span className={classes.label}>
            <span className={classes.hidden}>{name}: </span>
            {label}
            {note === undefined ? null : <span className={classes.note}> {note}</span>}
          </span>
        ) : (
          label
        )}
        {hasChevron ? <IconChevronDown size={14} className={classes.chevron} aria-hidden="true" /> : null}
      </button>
      {isOpen ? (
        <div
          ref={surface}
          id={id}
          className={classes.surface}
          role="dialog"
          aria-label={name}
          data-align={align}
          data-up={isUp}
        >
          {children(close)}
        </div>
      ) : null}
    </div>
  );
}
