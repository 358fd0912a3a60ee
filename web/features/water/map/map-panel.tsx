'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect, useMemo, useRef } from 'react';
import {
  LatestMeasurementsChangedDocument,
  PointStatusChangedDocument,
  WaterMapDocument,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import { Link } from '../../../i18n/navigation.ts';
import { LiveNote } from '../../../shell/live-note.tsx';
import type { Scope, ScopeSite } from '../../../shell/scope.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FilterSelect, SearchField } from '../../../ui/filters.tsx';
import { lastDays } from '../../../ui/format/day-range.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonChart } from '../../../ui/skeleton.tsx';
import { Sparkline } from '../../../ui/sparkline.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { Measured } from '../measured.tsx';
import { PointStateTag } from '../point-state-tag.tsx';
import { usePointHref } from '../use-point-href.ts';
import classes from './map.module.css';
import { isPlaced, type MapPoint, matchesPoint, readMapPoint } from './map-point.ts';
import { PointsMap } from './points-map.tsx';
import { StateShape } from './state-shape.tsx';

const states = ['upToDate', 'silent', 'error', 'never', 'maintenance', 'inactive'] as const;
const types = ['WELL', 'RIVER', 'LAKE', 'RESERVOIR', 'SPRING', 'DRAIN'] as const;
const parsers = {
  area: parseAsStringLiteral(['company', 'site']).withDefault('company'),
  q: parseAsString.withDefault(''),
  state: parseAsStringLiteral(states),
  type: parseAsStringLiteral(types),
  at: parseAsString,
};

/** Shapes that are new to the eye are changed at most once in so long. */
const stateStepMs = 5_000;

/** All points of a company, or of one site, by place and state, with a list of the same beside it. */
export function MapPanel({
  scope,
  site,
  companyId,
}: {
  readonly scope: Scope;
  readonly site: ScopeSite;
  readonly companyId: string | null;
}) {
  const t = useTranslations('water.map');
  const typeName = useTranslations('water.types');
  const [asked, setAsked] = useQueryStates(parsers, { history: 'replace' });
  const isCompany = asked.area === 'company' && companyId !== null;
  const { data, isLoading, failed, retry } = useGraph(
    WaterMapDocument,
    useMemo(
      () => ({
        filter: isCompany ? { companyIds: [companyId] } : { siteIds: [site.id] },
        range: lastDays(scope.today, 2),
        after: null,
      }),
      [isCompany, companyId, site.id, scope.today],
    ),
  );
  const edges = data?.catchmentPoints.edges;
  const ids = (edges ?? []).map(({ node }) => node.id).join(' ');
  useLive(
    LatestMeasurementsChangedDocument,
    useMemo(() => ({ pointIds: ids.split(' ') }), [ids]),
    { pause: ids === '' },
  );
  const now = Math.floor((useNow() ?? Date.now()) / stateStepMs) * stateStepMs;
  const all = useMemo(() => (edges ?? []).map(({ node }) => readMapPoint(node, now)), [edges, now]);
  const siteIds = [...new Set(all.map((point) => point.site.id))].toSorted().join(' ');
  useLive(
    PointStatusChangedDocument,
    useMemo(() => ({ siteIds: siteIds.split(' ') }), [siteIds]),
    { pause: siteIds === '' },
  );
  const shown = useMemo(
    () =>
      all.filter(
        (point) =>
          matchesPoint(point, asked.q) &&
          (asked.state === null || point.state === asked.state) &&
          (asked.type === null || point.type === asked.type),
      ),
    [all, asked.q, asked.state, asked.type],
  );
  const placed = useMemo(() => shown.filter(isPlaced), [shown]);
  return (
    <Panel title={t('title')} aside={<LiveNote />}>
      <div className={classes.filters}>
        <SearchField label={t('search')} value={asked.q} onChange={(q) => void setAsked({ q: q === '' ? null : q })} />
        <FilterSelect
          label={t('state')}
          all={t('allStates')}
          value={asked.state}
          options={states.map((value) => ({ value, label: t(`states.${value}`) }))}
          onChange={(state) => void setAsked({ state })}
        />
        <FilterSelect
          label={t('type')}
          all={t('allTypes')}
          value={asked.type}
          options={types.map((value) => ({ value, label: typeName(value) }))}
          onChange={(type) => void setAsked({ type })}
        />
        <FilterSelect
          label={t('area')}
          all={t('areas.company')}
          value={asked.area === 'site' ? asked.area : null}
          options={[{ value: 'site' as const, label: t('areas.site') }]}
          onChange={(area) => void setAsked({ area: area ?? 'company' })}
        />
      </div>
      {isLoading ? (
        <SkeletonChart height={520} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : shown.length === 0 ? (
        <div className={classes.nothing}>
          <EmptyState
            title={t(all.length === 0 ? 'none.title' : 'empty.title')}
            hint={t(all.length === 0 ? 'none.hint' : 'empty.hint')}
          />
        </div>
      ) : (
        <div className={classes.body}>
          {placed.length === 0 ? (
            <EmptyState title={t('noPlaces.title')} hint={t('noPlaces.hint')} />
          ) : (
            <PointsMap points={placed} chosenId={asked.at} onChoose={(at) => void setAsked({ at })} />
          )}
          <ul className={classes.list} aria-label={t('list')}>
            {shown.map((point) => (
              <PointRow
                key={point.id}
                point={point}
                isChosen={point.id === asked.at}
                isAway={!isCompany}
                // Not again: a change of the address that is still to come would end the way to the point's page.
                onPoint={() => (point.id === asked.at ? undefined : void setAsked({ at: point.id }))}
              />
            ))}
          </ul>
        </div>
      )}
      <p className={classes.legend}>
        {states.map((state) => (
          <span key={state}>
            <StateShape state={state} size={12} /> {t(`states.${state}`)}
          </span>
        ))}
        {data?.catchmentPoints.pageInfo.hasNextPage === true ? (
          <strong>{t('first', { count: all.length })}</strong>
        ) : null}
      </p>
    </Panel>
  );
}

function PointRow({
  point,
  isChosen,
  isAway,
  onPoint,
}: {
  readonly point: MapPoint;
  readonly isChosen: boolean;
  readonly isAway: boolean;
  readonly onPoint: () => void;
}) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const typeName = useTranslations('water.types');
  const hrefOf = usePointHref();
  return (
    <li
      ref={row}
      data-chosen={isChosen}
      onPointerEnter={(event) => (event.pointerType === 'mouse' ? onPoint() : undefined)}
    >
      <Link href={hrefOf({ code: point.code, siteId: point.site.id })} onFocus={onPoint}>
        <StateShape state={point.state} size={14} />
        <span className={classes.pointName}>
          <strong>{point.name}</strong>
          <small>{isAway ? typeName(point.type) : `${typeName(point.type)} · ${point.site.name}`}</small>
        </span>
        <span className={classes.trend}>{point.trend.length > 1 ? <Sparkline values={point.trend} /> : null}</span>
        <span className={classes.flow}>
          {point.flowNow === null ? '–' : <Measured latest={point.latest} name="flow" />}
          <PointStateTag point={point} />
        </span>
      </Link>
    </li>
  );
}
