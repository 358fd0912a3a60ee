'use client';
import { IconAlertTriangleFilled, IconCheck, IconClockHour4 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type FragmentType, readFragment } from '../../../graphql/generated/fragment-masking.ts';
import { type ComplianceState, PointCalendarFragmentDoc } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { weeksOf } from './calendar-month.ts';
import classes from './compliance.module.css';
import { tallyOf } from './slot-state.ts';

const marks: Readonly<Record<ComplianceState, typeof IconCheck | null>> = {
  ACTION_NEEDED: IconAlertTriangleFilled,
  WAITING: IconClockHour4,
  DONE: IconCheck,
  NOTHING_DUE: null,
};

/** A month of one point on the wall: each day with its worst state, and how many slots it has. */
export function MonthCard({
  calendar,
  onDay,
}: {
  readonly calendar: FragmentType<typeof PointCalendarFragmentDoc>;
  readonly onDay: (pointId: string, day: string) => void;
}) {
  const t = useTranslations('water.compliancePage');
  const format = useFormat();
  const { point, month, days, registrations } = readFragment(PointCalendarFragmentDoc, calendar);
  const byDate = new Map(days.map((day) => [day.date, day]));
  const regulators = [...new Set(registrations.map(({ sourceCode }) => sourceCode))];
  return (
    <article className={classes.card} aria-label={point.name}>
      <header className={classes.cardHead}>
        <strong>{point.name}</strong>
        <small>
          {[point.code, point.standard === null ? null : t(`standards.${point.standard}`), ...regulators]
            .filter((fact) => fact !== null)
            .join(' · ')}
        </small>
      </header>
      <table className={classes.month}>
        <caption>{t('monthOf', { point: point.name })}</caption>
        <thead>
          <tr>
            {weekdays(format.language).map(({ short, long }) => (
              <th key={long} scope="col">
                <abbr title={long}>{short}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week.find((day) => day !== null)}>
              {week.map((date, index) => {
                const day = date === null ? undefined : byDate.get(date);
                if (date === null || day === undefined) return <td key={date ?? `none-${index}`} />;
                const { owed, ...tally } = tallyOf([day]);
                const Mark = marks[day.state];
                const isEmpty = day.counts.length === 0;
                return (
                  <td key={date}>
                    <button
                      type="button"
                      className={classes.day}
                      data-state={day.state}
                      disabled={isEmpty}
                      onClick={() => onDay(point.id, date)}
                      aria-label={`${format.day(date)}: ${t(`states.${day.state}`)}${isEmpty ? '' : `, ${t('ofSlots', { vouchers: tally.vouchers, owed })}`}`}
                    >
                      <span className={classes.dayNumber}>{Number(date.slice(8))}</span>
                      {Mark === null ? null : <Mark className={classes.mark} size={13} aria-hidden="true" />}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Foot days={days} />
    </article>
  );
}

function Foot({ days }: { readonly days: Parameters<typeof tallyOf>[0] }) {
  const t = useTranslations('water.compliancePage');
  const { owed, vouchers, waiting, inNeed, shadowed } = tallyOf(days);
  const facts = [
    owed === shadowed ? null : t('withVoucher', { vouchers, owed: owed - shadowed }),
    shadowed === 0 ? null : t('inShadow', { count: shadowed }),
    waiting === 0 ? null : t('waiting', { count: waiting }),
    inNeed === 0 ? null : t('inNeed', { count: inNeed }),
  ].filter((fact) => fact !== null);
  return <p className={classes.cardFoot}>{facts.length === 0 ? t('nothingOwed') : facts.join(' · ')}</p>;
}

/** Monday to Sunday in the reader's language. */
function weekdays(language: string): readonly { readonly short: string; readonly long: string }[] {
  const name = (width: 'narrow' | 'long') => new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' });
  // 2026-11-02 is a Monday.
  return Array.from({ length: 7 }, (_, index) => {
    const day = new Date(Date.UTC(2026, 10, 2 + index));
    return { short: name('narrow').format(day), long: name('long').format(day) };
  });
}
