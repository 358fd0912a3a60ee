import type { Spot } from './project-points.ts';

/** How a drawing is looked at: so many times as large, and moved by so many px. */
export interface MapView {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** All of the drawing. */
export const wholeView: MapView = { zoom: 1, x: 0, y: 0 };

/** Where a spot of the drawing is seen. */
export function seenAt({ x, y }: Spot, { zoom, ...by }: MapView, { width, height }: Size): Spot {
  return { x: (x - width / 2) * zoom + width / 2 + by.x, y: (y - height / 2) * zoom + height / 2 + by.y };
}

/** The spot of the drawing that is seen there. */
export function drawnAt({ x, y }: Spot, { zoom, ...by }: MapView, { width, height }: Size): Spot {
  return { x: (x - width / 2 - by.x) / zoom + width / 2, y: (y - height / 2 - by.y) / zoom + height / 2 };
}

/** Looks from so much nearer, with what is seen at `at` in the middle. */
export function zoomedTo(view: MapView, zoom: number, at: Spot, { width, height }: Size): MapView {
  const by = zoom / view.zoom;
  return { zoom, x: (view.x - (at.x - width / 2)) * by, y: (view.y - (at.y - height / 2)) * by };
}
