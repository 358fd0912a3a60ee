'use client';
import { useTranslations } from 'next-intl';
import type { PointFactsFragment, PointLatestFragment } from '../../../graphql/generated/graphql.ts';
import { writeUnit } from '../../../ui/format/units.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Stat, StatRow } from '../../../ui/stat.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { byUsualOrder, kindDigits } from './kinds.ts';

/** Late by more than this many samples, a value is no longer what is so now. */
const lateSamples = 3;

/** The newest value of everything the point measures, and how old each is. */
export function PointHeadline({
  point,
  latest,
}: {
  readonly point: PointFactsFragment;
  readonly latest: PointLatestFragment['latest'];
}) {
  const t = useTranslations('water');
  const format = useFormat();
  const now = useNow() ?? Date.now();
  const known = byUsualOrder(point.variables, ({ variable }) => variable).map(({ variable, unit }) => ({
    ...{ variable, unit },
    newest: latest.find((one) => one.variable === variable),
  }));
  return (
    <StatRow label={t('point.now')}>
      {known.map(({ variable, unit, newest }) => {
        const ageMs = newest === undefined ? null : now - Date.parse(newest.measuredAt);
        const isLate = ageMs !== null && ageMs > Math.max(600_000, lateSamples * point.samplingMinutes * 60_000);
        const isDoubtful = newest !== undefined && newest.quality !== 'GOOD';
        const age = ageMs === null ? t('state.never') : format.age(ageMs);
        return (
          <Stat
            key={variable}
            label={t(`rules.variables.${variable}`)}
            value={format.number(newest?.value, { digits: kindDigits[variable] })}
            unit={writeUnit(unit)}
            comparison={{
              text: isDoubtful ? `${age} · ${t(`point.quality.${newest.quality}`)}` : age,
              tone: isLate || isDoubtful ? 'attention' : 'plain',
            }}
          />
        );
      })}
    </StatRow>
  );
}
