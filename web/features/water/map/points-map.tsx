'use client';
import { useElementSize } from '@mantine/hooks';
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type PointerEvent, useMemo, useRef, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import type { PointStateName } from '../point-state.ts';
import { clusterSpots, outline } from './cluster-spots.ts';
import classes from './map.module.css';
import type { PlacedPoint } from './map-point.ts';
import { projectPlaces, type Spot, scaleBar } from './project-points.ts';
import { StateShape } from './state-shape.tsx';

/** Nearer than this, px, two marks cannot be told apart or touched. */
const nearPx = 28;
const pad = 56;
const mostZoom = 64;

/** Worst first: a cluster looks like its worst point. */
const worst: readonly PointStateName[] = ['error', 'silent', 'never', 'maintenance', 'upToDate', 'inactive'];

/** Where the points lie, drawn from their coordinates alone: the outline of each site, and a mark by state for each point. */
export function PointsMap({
  points,
  chosenId,
  onChoose,
}: {
  readonly points: readonly PlacedPoint[];
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
}) {
  const t = useTranslations('water.map');
  const stateName = useTranslations('water.map.states');
  const format = useFormat();
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const [view, setView] = useState({ zoom: 1, x: 0, y: 0 });
  const base = useMemo(() => projectPlaces(points, { width, height, pad }), [points, width, height]);
  const spotOf = (point: PlacedPoint): Spot => {
    const { x, y } = base.spotOf(point);
    return {
      x: (x - width / 2) * view.zoom + width / 2 + view.x,
      y: (y - height / 2) * view.zoom + height / 2 + view.y,
    };
  };
  const clusters = clusterSpots(
    points.map((item) => ({ item, spot: spotOf(item) })),
    nearPx,
  );
  const sites = Map.groupBy(points, ({ site }) => site.id);
  const zoomBy = (factor: number, at: Spot = { x: width / 2, y: height / 2 }) => {
    const zoom = Math.min(mostZoom, Math.max(1, view.zoom * factor));
    if (zoom === 1) return setView({ zoom: 1, x: 0, y: 0 });
    const by = zoom / view.zoom;
    setView({ zoom, x: (view.x - (at.x - width / 2)) * by, y: (view.y - (at.y - height / 2)) * by });
  };
  const drag = useRef<Spot | null>(null);
  const onPointerMove = (event: PointerEvent) => {
    const from = drag.current;
    if (from === null || view.zoom === 1) return;
    drag.current = { x: event.clientX, y: event.clientY };
    setView({ zoom: view.zoom, x: view.x + event.clientX - from.x, y: view.y + event.clientY - from.y });
  };
  const onPointerDown = (event: PointerEvent) => {
    drag.current = { x: event.clientX, y: event.clientY };
  };
  const onPointerEnd = () => {
    drag.current = null;
  };
  const bar = scaleBar(base.metresPerPx / view.zoom, 110);
  return (
    <section
      ref={ref}
      className={classes.map}
      aria-label={t('title')}
      data-zoomed={view.zoom > 1}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerLeave={onPointerEnd}
    >
      {width === 0 ? null : (
        <>
          <svg className={classes.ground} width={width} height={height} aria-hidden="true">
            {[...sites].map(([id, own]) => (
              <SiteOutline key={id} name={own[0]?.site.name ?? ''} spots={own.map(spotOf)} />
            ))}
          </svg>
          {clusters.map(({ spot, items }) => {
            const [only] = items;
            if (only === undefined || spot.x < -20 || spot.y < -20 || spot.x > width + 20 || spot.y > height + 20)
              return null;
            const place = { left: spot.x, top: spot.y };
            if (items.length === 1) {
              const { item } = only;
              return (
                <button
                  key={item.id}
                  type="button"
                  className={classes.pin}
                  style={place}
                  aria-pressed={item.id === chosenId}
                  aria-label={`${item.name}, ${stateName(item.state)}`}
                  title={item.name}
                  onClick={() => onChoose(item.id)}
                >
                  <StateShape state={item.state} />
                  <span className={classes.pinName}>{item.name}</span>
                </button>
              );
            }
            const state = worst.find((one) => items.some(({ item }) => item.state === one)) ?? 'upToDate';
            return (
              <button
                key={items.map(({ item }) => item.id).join()}
                type="button"
                className={classes.cluster}
                style={place}
                data-state={state}
                data-chosen={items.some(({ item }) => item.id === chosenId)}
                aria-label={t('cluster', { count: items.length, state: stateName(state) })}
                onClick={() => zoomBy(3, spot)}
              >
                {items.length}
              </button>
            );
          })}
          <div className={classes.controls}>
            <Button
              size="icon"
              aria-label={t('closer')}
              title={t('closer')}
              icon={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => zoomBy(2)}
            />
            <Button
              size="icon"
              aria-label={t('farther')}
              title={t('farther')}
              disabled={view.zoom === 1}
              icon={<IconMinus size={16} aria-hidden="true" />}
              onClick={() => zoomBy(0.5)}
            />
            <Button
              size="icon"
              aria-label={t('all')}
              title={t('all')}
              disabled={view.zoom === 1}
              icon={<IconZoomReset size={16} aria-hidden="true" />}
              onClick={() => setView({ zoom: 1, x: 0, y: 0 })}
            />
          </div>
          <span className={classes.scale} style={{ width: bar.px }}>
            {bar.metres >= 1_000 ? format.quantity(bar.metres / 1_000, 'km') : format.quantity(bar.metres, 'm')}
          </span>
        </>
      )}
    </section>
  );
}

function SiteOutline({ name, spots }: { readonly name: string; readonly spots: readonly Spot[] }) {
  const corners = outline(spots);
  const top = spots.reduce((highest, spot) => (spot.y < highest.y ? spot : highest), spots[0] ?? { x: 0, y: 0 });
  const middle = spots.reduce((sum, { x }) => sum + x / spots.length, 0);
  const path = corners.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
  return (
    <g className={classes.site}>
      <path className={classes.edge} d={`${path}Z`} />
      <path className={classes.area} d={`${path}Z`} />
      <text x={middle} y={top.y - 36} textAnchor="middle">
        {name}
      </text>
    </g>
  );
}
