'use client';
import { useTranslations } from 'next-intl';
import { type FragmentType, readFragment } from '../../graphql/generated/fragment-masking.ts';
import { CatchmentRowFragmentDoc, PointLatestFragmentDoc } from '../../graphql/generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { SiteTime } from '../../ui/site-time.tsx';
import { useNow } from '../../ui/use-now.ts';

/** Whose site it is, how old the newest value is, and the site's time zone where it is not the reader's. */
export function OverviewSubtitle({
  companyName,
  timeZone,
  points,
  answeredAtMs,
}: {
  readonly companyName: string;
  readonly timeZone: string;
  readonly points: readonly FragmentType<typeof CatchmentRowFragmentDoc>[];
  readonly answeredAtMs: number | null;
}) {
  const t = useTranslations('overview');
  const format = useFormat();
  const now = useNow();
  const measured = points
    .flatMap((point) => readFragment(PointLatestFragmentDoc, readFragment(CatchmentRowFragmentDoc, point)).latest)
    .map(({ measuredAt }) => Date.parse(measuredAt));
  const newestMs = measured.length > 0 ? Math.max(...measured) : answeredAtMs;
  return (
    <>
      <span>{companyName}</span>
      {newestMs === null || now === null ? null : (
        <span>
          {measured.length > 0
            ? t('newest', { age: format.age(now - newestMs) })
            : t('answered', { age: format.age(now - newestMs) })}
        </span>
      )}
      <SiteTime timeZone={timeZone} />
    </>
  );
}
