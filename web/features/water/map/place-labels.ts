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

/**
 * A side for the label of each mark, so that none covers another label, a mark or an obstacle. Those that come first
 * have the choice; one without room anywhere is hidden.
 * @param markPx how wide a mark is
 */
export function placeLabels(
  marks: readonly LabelledMark[],
  { markPx, obstacles }: { readonly markPx: number; readonly obstacles: readonly Box[] },
): readonly LabelSide[] {
  const half = markPx / 2;
  const taken: Box[] = [
    ...obstacles,
    ...marks.map(({ spot: { x, y } }) => ({ x: x - half, y: y - half, width: markPx, height: markPx })),
  ];
  return marks.map((mark) => {
    const found = sides.find((side) => !taken.some((other) => areOver(labelBox(mark, side, half), other)));
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
