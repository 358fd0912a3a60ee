'use client';
import { useTranslations } from 'next-intl';
import type { PointStateName } from '../point-state.ts';
import { clusterSpots, outline } from './cluster-spots.ts';
import classes from './map.module.css';
import { MapGround } from './map-ground.tsx';
import type { PlacedPoint } from './map-point.ts';
import { type LabelSide, placeLabels, textBox } from './place-labels.ts';
import type { Spot } from './project-points.ts';
import { StateShape } from './state-shape.tsx';
import { useMapView } from './use-map-view.ts';

/** Nearer than this, px, two marks cannot be told apart or touched. */
const nearPx = 28;
const pad = 56;
const zooms = { least: 1, most: 64 } as const;
/** Of a site's name above the highest of its points, px. */
const nameAbove = 36;

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
  const view = useMapView(points, { pad, zooms });
  const { width, height } = view;
  const isSeen = ({ x, y }: Spot) => x >= -20 && y >= -20 && x <= width + 20 && y <= height + 20;
  const sites = [...Map.groupBy(points, ({ site }) => site.id)].map(([id, own]) => ({
    ...{ id, name: own[0]?.site.name ?? '' },
    spots: own.map(view.spotOf),
  }));
  const clusters = clusterSpots(
    points.map((item) => ({ item, spot: view.spotOf(item) })),
    nearPx,
  ).filter(({ spot }) => isSeen(spot));
  const pins = clusters.flatMap(({ items: [only, ...others] }) =>
    only === undefined || others.length > 0 ? [] : [only],
  );
  const crowds = clusters.filter(({ items }) => items.length > 1);
  // The chosen one has its name before all others; their order on the page stays, for who goes through them by keyboard.
  const named = pins.toSorted((one, other) => Number(other.item.id === chosenId) - Number(one.item.id === chosenId));
  const sides = placeLabels(
    named.map(({ item, spot }) => ({ spot, label: item.name })),
    {
      ...{ markPx: nearPx - 2, width, height },
      obstacles: [
        ...sites.map(({ name, spots }) => textBox(name, nameSpot(spots))),
        ...crowds.map(({ spot: { x, y } }) => ({ x: x - 14, y: y - 14, width: 28, height: 28 })),
      ],
    },
  );
  const sideOf = new Map(named.map(({ item }, index) => [item.id, sides[index]]));
  return (
    <MapGround view={view} label={t('title')} className={classes.map}>
      <svg className={classes.sites} width={width} height={height} aria-hidden="true">
        {sites.map(({ id, name, spots }) => (
          <SiteOutline key={id} name={name} spots={spots} />
        ))}
      </svg>
      {pins.map(({ item, spot }) => (
        <Pin
          key={item.id}
          point={item}
          spot={spot}
          side={sideOf.get(item.id) ?? 'hidden'}
          isChosen={item.id === chosenId}
          onChoose={() => onChoose(item.id)}
        />
      ))}
      {crowds.map(({ spot, items }) => (
        <Crowd
          key={items.map(({ item }) => item.id).join()}
          states={items.map(({ item }) => item.state)}
          spot={spot}
          isChosen={items.some(({ item }) => item.id === chosenId)}
          onCloser={() => view.zoomBy(3, spot)}
        />
      ))}
    </MapGround>
  );
}

function Pin({
  point: { name, state },
  spot,
  side,
  isChosen,
  onChoose,
}: {
  readonly point: PlacedPoint;
  readonly spot: Spot;
  readonly side: LabelSide;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const stateName = useTranslations('water.map.states');
  return (
    <button
      type="button"
      className={classes.pin}
      style={{ left: spot.x, top: spot.y }}
      aria-pressed={isChosen}
      aria-label={`${name}, ${stateName(state)}`}
      title={name}
      onClick={onChoose}
    >
      <StateShape state={state} />
      <span className={classes.pinName} data-side={side}>
        {name}
      </span>
    </button>
  );
}

/** Points that cannot be told apart from here. */
function Crowd({
  states,
  spot,
  isChosen,
  onCloser,
}: {
  readonly states: readonly PointStateName[];
  readonly spot: Spot;
  readonly isChosen: boolean;
  readonly onCloser: () => void;
}) {
  const t = useTranslations('water.map');
  const state = worst.find((one) => states.includes(one)) ?? 'upToDate';
  return (
    <button
      type="button"
      className={classes.cluster}
      style={{ left: spot.x, top: spot.y }}
      data-state={state}
      data-chosen={isChosen}
      aria-label={t('cluster', { count: states.length, state: t(`states.${state}`) })}
      onClick={onCloser}
    >
      {states.length}
    </button>
  );
}

function SiteOutline({ name, spots }: { readonly name: string; readonly spots: readonly Spot[] }) {
  const path = outline(spots)
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('');
  const at = nameSpot(spots);
  return (
    <g className={classes.site}>
      <path className={classes.edge} d={`${path}Z`} />
      <path className={classes.area} d={`${path}Z`} />
      <text x={at.x} y={at.y} textAnchor="middle">
        {name}
      </text>
    </g>
  );
}

function nameSpot(spots: readonly Spot[]): Spot {
  const x = spots.reduce((sum, spot) => sum + spot.x / spots.length, 0);
  return { x, y: Math.min(...spots.map(({ y }) => y)) - nameAbove };
}
