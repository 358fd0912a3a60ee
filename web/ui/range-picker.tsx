'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from './button.tsx';
import { Dropdown } from './dropdown.tsx';
import { type DayRange, isDay, lastDays, monthToDate, previousMonth, yearToDate } from './format/day-range.ts';
import { useFormat } from './format/use-format.ts';
import classes from './range-picker.module.css';

export interface RangePickerProps {
  readonly range: DayRange;
  /** The last day that can be chosen: today at the site. */
  readonly today: string;
  /** What the period is compared with. */
  readonly note?: string;
  readonly onChange: (range: DayRange) => void;
}

/** A period of calendar days: the usual ones by name, any other by its two ends. */
export function RangePicker({ range, today, note, onChange }: RangePickerProps) {
  const t = useTranslations('range');
  const format = useFormat();
  const usual = [
    ['today', { from: today, to: today }],
    ['week', lastDays(today, 7)],
    ['month', monthToDate(today)],
    ['lastMonth', previousMonth(today)],
    ['quarter', lastDays(today, 90)],
    ['year', yearToDate(today)],
  ] as const;
  return (
    <Dropdown name={t('name')} label={format.range(range)} {...(note === undefined ? {} : { note })}>
      {(close) => (
        <div className={classes.surface}>
          <div className={classes.usual}>
            {usual.map(([name, days]) => (
              <button
                key={name}
                type="button"
                className={classes.choice}
                aria-pressed={days.from === range.from && days.to === range.to}
                onClick={() => {
                  onChange(days);
                  close();
                }}
              >
                <span>{t(name)}</span>
                <span className={classes.days}>{format.range(days)}</span>
              </button>
            ))}
          </div>
          <OwnRange
            range={range}
            today={today}
            onApply={(days) => {
              onChange(days);
              close();
            }}
          />
        </div>
      )}
    </Dropdown>
  );
}

function OwnRange({
  range,
  today,
  onApply,
}: {
  readonly range: DayRange;
  readonly today: string;
  readonly onApply: (range: DayRange) => void;
}) {
  const t = useTranslations('range');
  const [from, setFrom] = useState(range.from);
  const [to, setTo] = useState(range.to);
  const isRight = isDay(from) && isDay(to) && from <= to;
  return (
    <form
      className={classes.own}
      onSubmit={(event) => {
        event.preventDefault();
        if (isRight) onApply({ from, to });
      }}
    >
      <label>
        {t('from')}
        <input type="date" value={from} max={today} onChange={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label>
        {t('to')}
        <input type="date" value={to} max={today} onChange={(event) => setTo(event.currentTarget.value)} />
      </label>
      <p className={classes.wrong} role="alert">
        {isRight ? null : t('wrong')}
      </p>
      <Button type="submit" look="primary" size="small" disabled={!isRight}>
        {t('apply')}
      </Button>
    </form>
  );
}
