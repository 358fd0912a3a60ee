'use client';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { shiftDay } from '../../ui/format/day-range.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import classes from './clinics.module.css';

/** Which day the panels below are about, and the way to the ones beside it. */
export function DayBar({
  day,
  today,
  onDay,
}: {
  readonly day: string;
  readonly today: string;
  readonly onDay: (day: string) => void;
}) {
  const t = useTranslations('clinics.day');
  const format = useFormat();
  return (
    <nav className={classes.dayBar} aria-label={t('name')}>
      <Button size="icon" look="quiet" aria-label={t('before')} onClick={() => onDay(shiftDay(day, -1))}>
        <IconChevronLeft size={17} aria-hidden="true" />
      </Button>
      <p className={classes.day} aria-live="polite">
        {day === today ? t('today', { day: format.day(day) }) : format.day(day)}
      </p>
      <Button size="icon" look="quiet" aria-label={t('after')} onClick={() => onDay(shiftDay(day, 1))}>
        <IconChevronRight size={17} aria-hidden="true" />
      </Button>
      {day === today ? null : (
        <Button size="small" onClick={() => onDay(today)}>
          {t('toToday')}
        </Button>
      )}
    </nav>
  );
}
