import { panWindow, type TimeWindow, zoomWindow } from './time-window.ts';

export interface TimeGestures {
  readonly window: () => TimeWindow;
  readonly bounds: () => TimeWindow;
  readonly onWindow: (window: TimeWindow) => void;
}

/**
 * One finger pushes the window, two pinch it; the wheel zooms with Ctrl, as a pinch on a touchpad does. The page still
 * scrolls up and down over the chart. Answers how to stop.
 */
export function listenToGestures(surface: HTMLElement, gestures: TimeGestures): () => void {
  const fingers = new Map<number, number>();
  surface.style.touchAction = 'pan-y';
  const instantAt = (x: number) => {
    const { left, width } = surface.getBoundingClientRect();
    const { fromMs, toMs } = gestures.window();
    return fromMs + ((x - left) / width) * (toMs - fromMs);
  };
  const onDown = (event: PointerEvent) => {
    if (event.pointerType === 'touch') fingers.set(event.pointerId, event.clientX);
  };
  const onMove = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, event.clientX);
    const { width } = surface.getBoundingClientRect();
    if (other === undefined) {
      if (event.clientX !== before)
        gestures.onWindow(panWindow(gestures.window(), (before - event.clientX) / width, gestures.bounds()));
      return;
    }
    const apart = Math.abs(event.clientX - other);
    if (apart < 8) return;
    gestures.onWindow(
      zoomWindow(
        gestures.window(),
        Math.abs(before - other) / apart,
        instantAt((event.clientX + other) / 2),
        gestures.bounds(),
      ),
    );
  };
  const onUp = (event: PointerEvent) => void fingers.delete(event.pointerId);
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    gestures.onWindow(
      zoomWindow(gestures.window(), Math.exp(event.deltaY / 300), instantAt(event.clientX), gestures.bounds()),
    );
  };
  surface.addEventListener('pointerdown', onDown);
  surface.addEventListener('pointermove', onMove);
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const) surface.addEventListener(end, onUp);
  surface.addEventListener('wheel', onWheel, { passive: false });
  return () => {
    surface.removeEventListener('pointerdown', onDown);
    surface.removeEventListener('pointermove', onMove);
    for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const) surface.removeEventListener(end, onUp);
    surface.removeEventListener('wheel', onWheel);
  };
}
