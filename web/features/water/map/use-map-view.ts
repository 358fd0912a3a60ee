import { useElementSize } from '@mantine/hooks';
import { type PointerEvent, useMemo, useRef, useState } from 'react';
import { drawnAt, type MapView, seenAt, wholeView, zoomedTo } from './map-view.ts';
import { type Place, projectPlaces, type Spot } from './project-points.ts';

export interface MapViewOptions {
  /** Room left at every edge while all is seen, px. */
  readonly pad: number;
  readonly zooms: { readonly least: number; readonly most: number };
  /** The ground was pressed and not dragged. */
  readonly onPress?: (place: Place) => void;
}

/** A press that moves less is no drag, px. */
const stillPx = 4;

/** Places on a drawing that fits its element, looked at from nearer or farther and dragged with a finger or a mouse. */
export function useMapView(places: readonly Place[], { pad, zooms, onPress }: MapViewOptions) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const size = { width, height };
  const [view, setView] = useState<MapView>(wholeView);
  const drawing = useMemo(() => projectPlaces(places, { width, height, pad }), [places, width, height, pad]);
  const placeAt = (seen: Spot): Place => drawing.placeOf(drawnAt(seen, view, size));
  const zoomBy = (factor: number, at: Spot = { x: width / 2, y: height / 2 }) => {
    const zoom = Math.min(zooms.most, Math.max(zooms.least, view.zoom * factor));
    setView(zoom === 1 && zooms.least === 1 ? wholeView : zoomedTo(view, zoom, at, size));
  };
  const drag = useRef<{ readonly from: Spot; last: Spot; isMoved: boolean } | null>(null);
  // Where nothing lies outside of the whole, it stays where it is and a finger scrolls the page.
  const isFixed = zooms.least === 1 && view.zoom === 1;
  const pointer = {
    onPointerDown: ({ target, clientX: x, clientY: y }: PointerEvent) => {
      if (target instanceof Element && target.closest('button') !== null) return;
      drag.current = { from: { x, y }, last: { x, y }, isMoved: false };
    },
    onPointerMove: ({ clientX: x, clientY: y }: PointerEvent) => {
      const now = drag.current;
      if (now === null) return;
      now.isMoved ||= Math.hypot(x - now.from.x, y - now.from.y) > stillPx;
      if (!now.isMoved || isFixed) return;
      setView({ ...view, x: view.x + x - now.last.x, y: view.y + y - now.last.y });
      now.last = { x, y };
    },
    onPointerUp: ({ clientX, clientY, currentTarget }: PointerEvent) => {
      const ended = drag.current;
      drag.current = null;
      if (ended === null || ended.isMoved) return;
      const { left, top } = currentTarget.getBoundingClientRect();
      onPress?.(placeAt({ x: clientX - left, y: clientY - top }));
    },
    onPointerLeave: () => {
      drag.current = null;
    },
  };
  return {
    ...{ ref, width, height, pointer, placeAt, zoomBy },
    zoom: view.zoom,
    isWhole: view.zoom === 1 && view.x === 0 && view.y === 0,
    isFarthest: view.zoom === zooms.least,
    isNearest: view.zoom === zooms.most,
    metresPerPx: drawing.metresPerPx / view.zoom,
    spotOf: (place: Place): Spot => seenAt(drawing.spotOf(place), view, size),
    showAll: () => setView(wholeView),
  };
}

export type MapViewState = ReturnType<typeof useMapView>;
