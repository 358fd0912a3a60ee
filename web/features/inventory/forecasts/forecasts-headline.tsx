'use client';
import { useTranslations } from 'next-intl';
import type { ForecastRunFactsFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Stat, StatRow } from '../../../ui/stat.tsx';

/** What the last run left, in four numbers, each with the fact that makes it mean something. */
export function ForecastsHeadline({ run }: { readonly run: ForecastRunFactsFragment }) {
  const t = useTranslations('inventory.forecasts.headline');
  const format = useFormat();
  const { judged, beating, skill, computed, failed, startedAt, completedAt } = run;
  const kept = run.chosen.reduce((sum, { count }) => sum + count, 0);
  const share = judged === 0 ? null : (beating / judged) * 100;
  const tookMs = startedAt === null || completedAt === null ? null : Date.parse(completedAt) - Date.parse(startedAt);
  return (
    <StatRow label={t('label')}>
      <Stat
        label={t('kept')}
        value={format.number(kept)}
        comparison={
          failed === 0
            ? { text: t('anew', { count: computed, written: format.number(computed) }), tone: 'plain' }
            : { text: t('failed', { count: failed, written: format.number(failed) }), tone: 'attention' }
        }
      />
      <Stat
        label={t('beating')}
        value={format.number(share, { digits: 0 })}
        {...(share === null ? {} : { unit: '%' })}
        comparison={{
          text: t('ofJudged', { count: judged, beating: format.number(beating), judged: format.number(judged) }),
          tone: 'plain',
        }}
      />
      <Stat
        label={t('skill')}
        value={format.number(skill === null ? null : skill * 100, { digits: 0 })}
        {...(skill === null ? {} : { unit: '%' })}
        comparison={{ text: t('skillMeans'), tone: 'plain' }}
      />
      <Stat
        label={t('took')}
        value={tookMs === null ? '–' : format.duration(tookMs)}
        comparison={{ text: completedAt === null ? '–' : format.instant(completedAt), tone: 'plain' }}
      />
    </StatRow>
  );
}
