/** A stretch of time that a chart shows, in epoch milliseconds; the end is not included. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Closer than this nobody reads a meter. */
const shortestMs = 10 * 60_000;

/** The window made shorter (`factor` below 1) or longer around one of its instants, and kept within `bounds`. */
export function zoomWindow(window: TimeWindow, factor: number, aroundMs: number, bounds: TimeWindow): TimeWindow {
  const longest = bounds.toMs - bounds.fromMs;
  const span = Math.min(longest, Math.max(Math.min(shortestMs, longest), (window.toMs - window.fromMs) * factor));
  const share = (aroundMs - window.fromMs) / (window.toMs - window.fromMs);
  return keepWithin(aroundMs - span * share, span, bounds);
}

/** The window moved by a part of its own length, positive to later, and kept within `bounds`. */
export function panWindow(window: TimeWindow, share: number, bounds: TimeWindow): TimeWindow {
  const span = window.toMs - window.fromMs;
  return keepWithin(window.fromMs + span * share, span, bounds);
}

/** The window from one instant to another in either order, not shorter than can be read. */
export function windowBetween(oneMs: number, otherMs: number, bounds: TimeWindow): TimeWindow {
  const fromMs = Math.min(oneMs, otherMs);
  const span = Math.max(oneMs, otherMs) - fromMs;
  const longest = bounds.toMs - bounds.fromMs;
  return keepWithin(fromMs, Math.min(longest, Math.max(Math.min(shortestMs, longest), span)), bounds);
}

/** The window after a key: plus and minus zoom, page up and down move by half, Home shows all; null for other keys. */
export function windowAfterKey(key: string, window: TimeWindow, bounds: TimeWindow): TimeWindow | null {
  const middle = (window.fromMs + window.toMs) / 2;
  switch (key) {
    case '+':
      return zoomWindow(window, 0.5, middle, bounds);
    case '-':
      return zoomWindow(window, 2, middle, bounds);
    case 'PageUp':
      return panWindow(window, -0.5, bounds);
    case 'PageDown':
      return panWindow(window, 0.5, bounds);
    case 'Home':
      return bounds;
    default:
      return null;
  }
}

/** `2026-11-20T00:00:00.000Z~…` as an address holds it; null for anything else, and for what lies outside of `bounds`. */
export function readWindow(text: string | null, bounds: TimeWindow): TimeWindow | null {
  const [fromMs = Number.NaN, toMs = Number.NaN] = (text ?? '').split('~').map((part) => Date.parse(part));
  if (!(fromMs < toMs) || toMs <= bounds.fromMs || fromMs >= bounds.toMs) return null;
  return windowBetween(Math.max(fromMs, bounds.fromMs), Math.min(toMs, bounds.toMs), bounds);
}

/** The window for an address, to the minute. */
export function writeWindow({ fromMs, toMs }: TimeWindow): string {
  return [fromMs, toMs].map((ms) => `${new Date(ms).toISOString().slice(0, 16)}Z`).join('~');
}

function keepWithin(fromMs: number, span: number, bounds: TimeWindow): TimeWindow {
  const start = Math.round(Math.max(bounds.fromMs, Math.min(fromMs, bounds.toMs - span)));
  return { fromMs: start, toMs: Math.round(start + span) };
}
