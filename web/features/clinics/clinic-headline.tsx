'use client';
import { useTranslations } from 'next-intl';
import type { ClinicTodayFragment } from '../../graphql/generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { Stat, StatRow } from '../../ui/stat.tsx';

/** The numbers of the clinic's day until now. */
export function ClinicHeadline({ stats }: { readonly stats: NonNullable<ClinicTodayFragment['stats']> }) {
  const t = useTranslations('clinics.headline');
  const format = useFormat();
  const answerS = stats.averageResponseSeconds;
  return (
    <StatRow label={t('label')}>
      <Stat
        label={t('appointments')}
        value={format.number(stats.appointmentsToday)}
        unit={t('ofSlots', { total: format.number(stats.slotsToday) })}
        comparison={{ text: t('attended', { count: stats.attendedToday }), tone: 'plain' }}
      />
      <Stat
        label={t('noShows')}
        value={format.number(stats.noShowsToday)}
        unit={t('people', { count: stats.noShowsToday })}
        comparison={
          stats.appointmentsToday === 0
            ? { text: t('noAppointments'), tone: 'plain' }
            : {
                text: format.percent((stats.noShowsToday / stats.appointmentsToday) * 100, { digits: 0 }),
                note: t('ofAppointments'),
                tone: stats.noShowsToday === 0 ? 'good' : 'attention',
              }
        }
      />
      <Stat
        label={t('open')}
        value={format.number(stats.openSlotsToday)}
        unit={t('slots', { count: stats.openSlotsToday })}
        comparison={{ text: t('bookedToday', { count: stats.bookedToday }), tone: 'plain' }}
      />
      <Stat
        label={t('pending')}
        value={format.number(stats.pendingConfirmations)}
        unit={t('appointmentsUnit', { count: stats.pendingConfirmations })}
        comparison={{ text: t('nextDays'), tone: stats.pendingConfirmations === 0 ? 'good' : 'attention' }}
      />
      <Stat
        label={t('conversations')}
        value={format.number(stats.conversationsOpen)}
        unit={t('openUnit', { count: stats.conversationsOpen })}
        comparison={
          stats.conversationsUnread > 0
            ? { text: t('unread', { count: stats.conversationsUnread }), tone: 'attention' }
            : {
                text:
                  answerS === null
                    ? t('allRead')
                    : t('answersIn', { time: format.duration(Math.round(answerS * 1000)) }),
                tone: 'good',
              }
        }
      />
    </StatRow>
  );
}
