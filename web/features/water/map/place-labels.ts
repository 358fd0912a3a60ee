import type { Size } from './map-view.ts';
import type { Spot } from './project-points.ts';

/** Where a mark's label stands; `hidden` where it would cover another one. */
export type LabelSide = 'below' | 'above' | 'right' | 'left' | 'hidden';

export interface Box extends Spot {
  readonly width: number;
  readonly height: number;
}

export interface LabelledMark {
  readonly spot: Spot;
  readonly label: string;
}

/** What the letters of a map come to, px. */
const label = { perLetter: 6.3, padding: 10, height: 17 } as const;

/** What a map is zoomed with, in its lower right corner, px. */
const tools = { width: 46, height: 118 } as const;

export interface LabelRoom extends Size {
  /** How wide a mark is. */
  readonly markPx: number;
  readonly obstacles: readonly Box[];
}

/**
 * A side for the label of each mark, so that none covers another label, a mark, an obstacle or the tools, or is cut by
 * the edge. Those that come first have the choice; one without room anywhere is hidden.
 */
export function placeLabels(
  marks: readonly LabelledMark[],
  { markPx, obstacles, width, height }: LabelRoom,
): readonly LabelSide[] {
  const half = markPx / 2;
  const isInside = (box: Box) => box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
  const taken: Box[] = [
    { ...tools, x: width - tools.width, y: height - tools.height },
    ...obstacles,
    ...marks.map(({ spot: { x, y } }) => ({ x: x - half, y: y - half, width: markPx, height: markPx })),
  ];
  return marks.map((mark) => {
    const found = sides.find((side) => {
      const box = labelBox(mark, side, half);
      return isInside(box) && !taken.some((other) => areOver(box, other));
    });
    if (found === undefined) return 'hidden';
    taken.push(labelBox(mark, found, half));
    return found;
  });
}

/** The room that a text of a map takes, around its middle. */
export function textBox(text: string, { x, y }: Spot): Box {
  const width = text.length * label.perLetter + label.padding;
  return { x: x - width / 2, y: y - label.height / 2, width, height: label.height };
}

const sides = ['below', 'above', 'right', 'left'] as const;

function labelBox({ spot: { x, y }, label: text }: LabelledMark, side: (typeof sides)[number], half: number): Box {
  const { width, height } = textBox(text, { x, y });
  if (side === 'below' || side === 'above') {
    return { x: x - width / 2, y: side === 'below' ? y + half : y - half - height, width, height };
  }
  return { x: side === 'right' ? x + half : x - half - width, y: y - height / 2, width, height };
}

function areOver(one: Box, other: Box): boolean {
  const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x;
  const isAbove = one.y + one.height <= other.y || other.y + other.height <= one.y;
  return !isBeside && !isAbove;
}
