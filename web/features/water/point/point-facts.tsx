'use client';
import { useTranslations } from 'next-intl';
import type { PointFactsFragment } from '../../../graphql/generated/graphql.ts';
import { Details } from '../../../ui/details.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';

/** What the point is and where. */
export function PointFacts({ point }: { readonly point: PointFactsFragment }) {
  const t = useTranslations('water.point.facts');
  const format = useFormat();
  const { latitude, longitude, altitudeM, wellDepthM, sensorDepthM, meterDigits } = point;
  const metres = (value: number | null) => (value === null ? null : format.quantity(value, 'm', { digits: 0 }));
  const facts: readonly (readonly [string, string | null])[] = [
    [t('company'), point.company.name],
    [t('owner'), point.owner?.name ?? null],
    [t('sampling'), t('everyMinutes', { count: point.samplingMinutes })],
    [t('depth'), metres(wellDepthM)],
    [t('sensor'), metres(sensorDepthM)],
    [t('digits'), meterDigits === null ? null : format.number(meterDigits)],
    [t('altitude'), metres(altitudeM)],
    [
      t('place'),
      latitude === null || longitude === null
        ? null
        : `${format.number(latitude, { digits: 4 })}°, ${format.number(longitude, { digits: 4 })}°`,
    ],
    [t('zone'), point.timeZone],
  ];
  return (
    <Panel title={t('title')}>
      <Details rows={facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))} />
    </Panel>
  );
}
