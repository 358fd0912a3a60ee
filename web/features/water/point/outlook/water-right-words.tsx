'use client';
import { useTranslations } from 'next-intl';
import type { PointOutlookQuery } from '../../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../../ui/format/use-format.ts';
import classes from './outlook.module.css';

type Outlook = NonNullable<PointOutlookQuery['catchmentPoint']>['waterRightOutlook'];

/** Whether the year's water right lasts, if water is taken as forecast. */
export function WaterRightWords({ outlook }: { readonly outlook: Outlook }) {
  const t = useTranslations('water.point.outlook.right');
  const format = useFormat();
  if (outlook === null) return null;
  const m3 = (value: number) => format.quantity(value, 'm³', { digits: 0 });
  const { usedUpOn, earliest, latest } = outlook;
  const figures = {
    ...{ projected: m3(outlook.projectedM3), granted: m3(outlook.grantedM3) },
    ...{ low: m3(outlook.lowM3), high: m3(outlook.highM3) },
  };
  const day = (value: string | null) => (value === null ? t('afterYear') : format.day(value));
  return (
    <section className={classes.section}>
      <h3>{t('title')}</h3>
      <p>
        {usedUpOn === null
          ? t('lasts', figures)
          : t('ends', { ...figures, day: day(usedUpOn), earliest: day(earliest), latest: day(latest) })}
      </p>
      {usedUpOn === null && earliest !== null ? (
        <p className={classes.quiet}>{t('might', { earliest: day(earliest) })}</p>
      ) : null}
    </section>
  );
}
