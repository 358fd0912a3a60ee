'use client';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { PointSeriesDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Link } from '../../../i18n/navigation.ts';
import { TimeSeries } from '../../../ui/charts/lazy-chart.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { type DayRange, dayCount } from '../../../ui/format/day-range.ts';
import { writeUnit } from '../../../ui/format/units.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonChart } from '../../../ui/skeleton.tsx';
import { usePointHref } from '../use-point-href.ts';
import { newestValue, type VariableName, variableCodes, variableDigits } from '../variables.ts';
import classes from '../water.module.css';
import type { WaterPoint } from './water-point.ts';

const names = ['flow', 'level', 'volume'] as const satisfies readonly VariableName[];
const hourlyDays = 21;

/** One variable of one point over the period; a stretch drawn over becomes the period. */
export function PointSeriesPanel({
  point,
  siteId,
  range,
  onZoom,
}: {
  readonly point: WaterPoint;
  readonly siteId: string;
  readonly range: DayRange;
  readonly onZoom: (range: DayRange) => void;
}) {
  const t = useTranslations('water');
  const format = useFormat();
  const hrefOf = usePointHref();
  const measured = names.filter((name) => newestValue(point.latest, name) !== null);
  const [wanted, setWanted] = useQueryState('variable', parseAsStringLiteral(names));
  const name = wanted !== null && measured.includes(wanted) ? wanted : (measured[0] ?? 'flow');
  const unit = writeUnit(newestValue(point.latest, name)?.unit ?? '');
  const grain = dayCount(range) <= hourlyDays ? ('HOUR' as const) : ('DAY' as const);
  const variables = useMemo(
    () => ({ point: point.id, variable: variableCodes[name], range, grain }),
    [point.id, name, range, grain],
  );
  const { data, isLoading, failed, failures, retry } = useGraph(PointSeriesDocument, variables, {
    pause: measured.length === 0,
  });
  const failure = failed ?? failureAt(failures, 'catchmentPoint');
  const series = data?.catchmentPoint?.series.points ?? [];
  return (
    <Panel
      title={`${point.name} · ${t(`variables.${name}`)}`}
      aside={
        <Link href={hrefOf({ code: point.code, siteId }, { from: range.from, to: range.to })} className={classes.open}>
          {t('point.open')} →
        </Link>
      }
      actions={
        <span className={classes.variables}>
          {measured.map((one) => (
            <button key={one} type="button" aria-pressed={one === name} onClick={() => void setWanted(one)}>
              {t(`variables.${one}`)}
            </button>
          ))}
        </span>
      }
    >
      {isLoading ? (
        <SkeletonChart height={316} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('series')} onRetry={retry} />
      ) : series.length === 0 ? (
        <EmptyState title={t('noSeries.title')} hint={t('noSeries.hint')} />
      ) : (
        <TimeSeries
          height={290}
          onZoom={(from, to) => onZoom({ from: from.slice(0, 10), to: to.slice(0, 10) })}
          data={{
            caption: `${point.name}, ${t(`variables.${name}`)}`,
            positionLabel: t('when'),
            positions: series.map(({ at }) => at),
            tickText: (at) => format.dayOf(at),
            fullText: (at) => format.instant(at),
            series: [
              {
                id: name,
                label: t(`variables.${name}`),
                unit,
                color: name === 'level' ? 'blue' : name === 'volume' ? 'slate' : 'brand',
                digits: variableDigits[name],
                values: series.map(({ value }) => value),
              },
            ],
          }}
        />
      )}
    </Panel>
  );
}
