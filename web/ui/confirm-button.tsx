'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from './button.tsx';
import classes from './confirm-button.module.css';

/** A button that asks once before it does something that others will notice. */
export function ConfirmButton({
  label,
  question,
  isBusy,
  look = 'plain',
  onConfirm,
}: {
  readonly label: string;
  /** What will happen. */
  readonly question: string;
  readonly isBusy: boolean;
  /** Before it asks. */
  readonly look?: 'primary' | 'plain';
  readonly onConfirm: () => Promise<void>;
}) {
  const t = useTranslations('confirm');
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button look={look} onClick={() => setAsking(true)}>
        {label}
      </Button>
    );
  }
  const confirm = async () => {
    await onConfirm();
    setAsking(false);
  };
  return (
    <fieldset className={classes.confirm} aria-label={label}>
      <p>{question}</p>
      <Button size="small" onClick={() => setAsking(false)}>
        {t('no')}
      </Button>
      <Button size="small" look="primary" isBusy={isBusy} onClick={confirm}>
        {label}
      </Button>
    </fieldset>
  );
}
