'use client';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { MapGround } from '../map/map-ground.tsx';
import { placeLabels } from '../map/place-labels.ts';
import type { Place, Spot } from '../map/project-points.ts';
import { useMapView } from '../map/use-map-view.ts';
import classes from './place-picker.module.css';

interface NamedPlace extends Place {
  readonly id: string;
  readonly name: string;
}

const pad = 44;
const zooms = { least: 1 / 32, most: 256 } as const;
/** Of a known point's dot, and of the mark, px. */
const [dotPx, markPx] = [14, 44];
const steps: Readonly<Record<string, Spot>> = {
  ...{ ArrowLeft: { x: -4, y: 0 }, ArrowRight: { x: 4, y: 0 }, ArrowUp: { x: 0, y: -4 }, ArrowDown: { x: 0, y: 4 } },
};

/**
 * A map without a network, on which a place is chosen among the points that are known: by a press, or by moving the mark
 * with the arrow keys. Needs one known place at least.
 */
export function PlacePicker({
  known,
  place,
  onPlace,
}: {
  readonly known: readonly NamedPlace[];
  readonly place: Place | null;
  readonly onPlace: (place: Place) => void;
}) {
  const t = useTranslations('water.edit.map');
  // What the drawing is fitted to does not follow the mark, or the ground would move under the pointer.
  const [fitted, setFitted] = useState(place);
  const anchors = useMemo(() => [...known, ...(fitted === null ? [] : [fitted])], [known, fitted]);
  const choose = (at: Place) => onPlace(rounded(at));
  const view = useMapView(anchors, { pad, zooms, onPress: choose });
  const { width, height, placeAt, spotOf } = view;
  const mark = place === null ? null : spotOf(place);
  const dots = known.map((one) => ({ ...one, spot: spotOf(one) }));
  const sides = placeLabels(
    dots.map(({ name, spot }) => ({ label: name, spot })),
    { markPx: dotPx, width, height, obstacles: mark === null ? [] : [aroundMark(mark)] },
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || mark === null) return;
    event.preventDefault();
    const by = event.shiftKey ? 8 : 1;
    choose(placeAt({ x: mark.x + step.x * by, y: mark.y + step.y * by }));
  };
  return (
    <MapGround
      view={view}
      label={t('title')}
      className={classes.picker}
      middle={mark ?? undefined}
      isAll={view.isWhole && fitted?.latitude === place?.latitude && fitted?.longitude === place?.longitude}
      onAll={() => {
        setFitted(place);
        view.showAll();
      }}
    >
      <div aria-hidden="true">
        {dots.map(({ id, name, spot }, index) => (
          <span key={id} className={classes.known} style={{ left: spot.x, top: spot.y }}>
            <span data-side={sides[index]}>{name}</span>
          </span>
        ))}
      </div>
      {mark === null ? (
        <Button className={classes.place} onClick={() => choose(placeAt({ x: width / 2, y: height / 2 }))}>
          {t('here')}
        </Button>
      ) : (
        <button
          type="button"
          className={classes.mark}
          style={{ left: mark.x, top: mark.y }}
          aria-label={t('mark')}
          title={t('mark')}
          onKeyDown={onKeyDown}
        />
      )}
    </MapGround>
  );
}

const aroundMark = ({ x, y }: Spot) => ({ x: x - markPx / 2, y: y - markPx / 2, width: markPx, height: markPx });

/** To the digits that are kept: a tenth of a metre. */
function rounded({ latitude, longitude }: Place): Place {
  const digits = (value: number) => Math.round(value * 1e6) / 1e6;
  return { latitude: digits(latitude), longitude: digits(longitude) };
}
