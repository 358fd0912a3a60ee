'use client';
import { useTranslations } from 'next-intl';
import classes from './schemas.module.css';

/** Whether a column is shown, or only calculated with. */
export function ShownBox({
  isShown,
  onChange,
}: {
  readonly isShown: boolean;
  readonly onChange: (isShown: boolean) => void;
}) {
  const t = useTranslations('water.schemas');
  return (
    <label className={classes.shown}>
      <input type="checkbox" checked={isShown} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{t('shown')}</span>
    </label>
  );
}
