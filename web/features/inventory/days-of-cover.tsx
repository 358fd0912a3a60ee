'use client';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../ui/format/use-format.ts';
import classes from './days-of-cover.module.css';

const faultDays = 4;
const attentionDays = 10;

/** How many days the stock lasts; a short time is also said in words for who does not see the colour. */
export function DaysOfCover({ days }: { readonly days: number | null | undefined }) {
  const t = useTranslations('inventory');
  const format = useFormat();
  if (days === null || days === undefined) return '–';
  const tone = days < faultDays ? 'fault' : days < attentionDays ? 'attention' : 'plain';
  return (
    <span className={classes.days} data-tone={tone} title={tone === 'plain' ? undefined : t(`cover.${tone}`)}>
      {format.number(days, { digits: 1 })}
    </span>
  );
}
