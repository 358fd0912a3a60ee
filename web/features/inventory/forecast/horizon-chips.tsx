'use client';
import { useTranslations } from 'next-intl';
import classes from './forecast.module.css';

const pastHorizons = [7, 30] as const;
export type PastHorizon = (typeof pastHorizons)[number];

/** How far ahead what is compared had been said. */
export function HorizonChips({
  value,
  onChange,
}: {
  readonly value: PastHorizon;
  readonly onChange: (horizon: PastHorizon) => void;
}) {
  const t = useTranslations('inventory.forecast.past');
  return (
    <fieldset className={classes.chips} aria-label={t('ahead')}>
      {pastHorizons.map((days) => (
        <button key={days} type="button" aria-pressed={days === value} onClick={() => onChange(days)}>
          {t('days', { days })}
        </button>
      ))}
    </fieldset>
  );
}
