'use client';
import { IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './sheet.module.css';

/** A surface over the page, from a side or in the middle. The browser keeps the focus in it and Escape closes it. */
export function Sheet({
  name,
  side,
  onClose,
  hasTitle = false,
  holds = false,
  children,
}: {
  readonly name: string;
  readonly side: 'left' | 'right' | 'middle';
  readonly onClose: () => void;
  /** Shows the name above the content, with a way to close it. */
  readonly hasTitle?: boolean;
  /** Something is being written: a press beside it closes nothing. */
  readonly holds?: boolean;
  readonly children: ReactNode;
}) {
  const t = useTranslations('sheet');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      // It is out of the page by now, and the focus with it: who walks by keys goes on where they were.
      if (opener instanceof HTMLElement && document.activeElement === document.body)
        opener.focus({ preventScroll: true });
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own; this is the press beside it
    <dialog
      ref={dialog}
      className={classes.sheet}
      data-side={side}
      aria-label={name}
      onClose={({ currentTarget }) => {
        // Told late: it may have been opened again meanwhile.
        if (!currentTarget.open) onClose();
      }}
      onCancel={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget && !holds) onClose();
      }}
    >
      <div className={classes.inside} data-titled={hasTitle}>
        {hasTitle ? (
          <header className={classes.head}>
            <h2>{name}</h2>
            <button type="button" className={classes.close} onClick={onClose} aria-label={t('close')}>
              <IconX size={18} aria-hidden="true" />
            </button>
          </header>
        ) : null}
        {children}
      </div>
    </dialog>
  );
}
