'use client';
import { useElementSize } from '@mantine/hooks';
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { type Place, projectPlaces, type Spot, scaleBar } from '../map/project-points.ts';
import classes from './edit.module.css';

interface NamedPlace extends Place {
  readonly id: string;
  readonly name: string;
}

const pad = 44;
const zooms = { least: 1 / 32, most: 256 } as const;
/** A press that moves less is a choice, not a drag, px. */
const stillPx = 4;
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
  const mapWords = useTranslations('water.map');
  const format = useFormat();
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  // What the drawing is fitted to does not follow the mark, or the ground would move under the pointer.
  const [fitted, setFitted] = useState(place);
  const [view, setView] = useState({ zoom: 1, x: 0, y: 0 });
  const anchors = useMemo(() => [...known, ...(fitted === null ? [] : [fitted])], [known, fitted]);
  const base = useMemo(() => projectPlaces(anchors, { width, height, pad }), [anchors, width, height]);
  const spotOf = (at: Place): Spot => {
    const { x, y } = base.spotOf(at);
    return {
      x: (x - width / 2) * view.zoom + width / 2 + view.x,
      y: (y - height / 2) * view.zoom + height / 2 + view.y,
    };
  };
  const placeOf = ({ x, y }: Spot): Place =>
    base.placeOf({
      x: (x - width / 2 - view.x) / view.zoom + width / 2,
      y: (y - height / 2 - view.y) / view.zoom + height / 2,
    });
  const zoomBy = (factor: number) => {
    const zoom = Math.min(zooms.most, Math.max(zooms.least, view.zoom * factor));
    const middle = place === null ? { x: width / 2, y: height / 2 } : spotOf(place);
    const by = zoom / view.zoom;
    setView({ zoom, x: (view.x - (middle.x - width / 2)) * by, y: (view.y - (middle.y - height / 2)) * by });
  };
  const showAll = () => {
    setFitted(place);
    setView({ zoom: 1, x: 0, y: 0 });
  };
  const drag = useRef<{ readonly from: Spot; isMoved: boolean; last: Spot } | null>(null);
  const onPointerDown = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('button') !== null) return;
    const from = { x: event.clientX, y: event.clientY };
    drag.current = { from, last: from, isMoved: false };
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    const now = drag.current;
    if (now === null) return;
    now.isMoved ||= Math.hypot(clientX - now.from.x, clientY - now.from.y) > stillPx;
    if (!now.isMoved) return;
    setView({ ...view, x: view.x + clientX - now.last.x, y: view.y + clientY - now.last.y });
    now.last = { x: clientX, y: clientY };
  };
  const onPointerUp = ({ clientX, clientY, currentTarget }: PointerEvent) => {
    const ended = drag.current;
    drag.current = null;
    if (ended === null || ended.isMoved) return;
    const { left, top } = currentTarget.getBoundingClientRect();
    onPlace(rounded(placeOf({ x: clientX - left, y: clientY - top })));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || place === null) return;
    event.preventDefault();
    const { x, y } = spotOf(place);
    const by = event.shiftKey ? 8 : 1;
    onPlace(rounded(placeOf({ x: x + step.x * by, y: y + step.y * by })));
  };
  const bar = scaleBar(base.metresPerPx / view.zoom, 110);
  const mark = place === null ? null : spotOf(place);
  return (
    <section
      ref={ref}
      className={classes.map}
      aria-label={t('title')}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerLeave={() => {
        drag.current = null;
      }}
    >
      {width === 0 ? null : (
        <>
          <div aria-hidden="true">
            {known.map((one) => {
              const { x, y } = spotOf(one);
              return (
                <span key={one.id} className={classes.known} style={{ left: x, top: y }}>
                  <i />
                  {one.name}
                </span>
              );
            })}
          </div>
          {mark === null ? (
            <Button
              className={classes.place}
              onClick={() => onPlace(rounded(placeOf({ x: width / 2, y: height / 2 })))}
            >
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
          <div className={classes.controls}>
            <Button
              size="icon"
              aria-label={mapWords('closer')}
              icon={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => zoomBy(2)}
            />
            <Button
              size="icon"
              aria-label={mapWords('farther')}
              icon={<IconMinus size={16} aria-hidden="true" />}
              onClick={() => zoomBy(0.5)}
            />
            <Button
              size="icon"
              aria-label={mapWords('all')}
              icon={<IconZoomReset size={16} aria-hidden="true" />}
              onClick={showAll}
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

/** To the digits that are kept: a tenth of a metre. */
function rounded({ latitude, longitude }: Place): Place {
  const digits = (value: number) => Math.round(value * 1e6) / 1e6;
  return { latitude: digits(latitude), longitude: digits(longitude) };
}
