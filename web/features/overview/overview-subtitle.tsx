'use client';
import { useTranslations } from 'next-intl';
import { type FragmentType, readFragment } from '../../graphql/generated/fragment-masking.ts';
import { CatchmentRowFragmentDoc, PointLatestFragmentDoc } from '../../graphql/generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.ts';
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
  const isElsewhere =
    now !== null && format.zone(timeZone) !== format.zone(Intl.DateTimeFormat().resolvedOptions().timeZone);
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
      {isElsewhere ? (
        <span>{t('siteTime', { clock: format.clockIn(now, timeZone), zone: format.zone(timeZone) })}</span>
      ) : null}
    </>
  );
}
