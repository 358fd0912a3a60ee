'use client';
import { useTranslations } from 'next-intl';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '../button.tsx';
import { Sheet } from '../sheet.tsx';
import classes from './form.module.css';

/** A form that slides in from the right: its fields, why it was refused, and its two ends. What was typed stays when it is refused. */
export function FormSheet({
  title,
  submitLabel,
  isBusy,
  canSubmit = true,
  refusal,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string;
  readonly submitLabel: string;
  readonly isBusy: boolean;
  readonly canSubmit?: boolean;
  /** The note of why it was refused. */
  readonly refusal?: ReactNode;
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const t = useTranslations('form');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <Sheet name={title} side="right" onClose={onClose} hasTitle holds>
      <form className={classes.form} onSubmit={submit} aria-busy={isBusy}>
        {children}
        {refusal}
        <div className={classes.end}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={isBusy} disabled={!canSubmit}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
