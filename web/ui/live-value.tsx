'use client';
import { useState } from 'react';
import classes from './live-value.module.css';

/**
 * Text that may change while it is read: the new value fades in where the old one was. The first value does not, and
 * nothing moves for who asked for less motion.
 */
export function LiveValue({ text }: { readonly text: string }) {
  const [shown, setShown] = useState({ text, changes: 0 });
  if (shown.text !== text) setShown({ text, changes: shown.changes + 1 });
  return (
    <span key={shown.changes} className={shown.changes > 0 ? classes.changed : undefined}>
      {text}
    </span>
  );
}
