import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LabelledMark, type LabelSide, placeLabels, textBox } from './place-labels.ts';

const markPx = 20;
const room = { markPx, width: 520, height: 420, obstacles: [] };
const mark = fc.record({
  spot: fc.record({ x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 0, max: 300 }) }),
  label: fc.string({ minLength: 3, maxLength: 20 }),
});

function boxOf({ spot: { x, y }, label }: LabelledMark, side: LabelSide) {
  const box = textBox(label, { x, y });
  const [across, along] = [markPx / 2 + box.width / 2, markPx / 2 + box.height / 2];
  const by = { below: [0, along], above: [0, -along], right: [across, 0], left: [-across, 0], hidden: [0, 0] }[side];
  return { ...box, x: box.x + (by[0] ?? 0), y: box.y + (by[1] ?? 0) };
}

describe('labels of a map', () => {
  it('cover neither each other nor a mark and are cut by no edge, wherever the marks lie', () => {
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 25 }), (marks) => {
        const sides = placeLabels(marks, room);
        const boxes = marks.flatMap((one, index) => {
          const side = sides[index] ?? 'hidden';
          return side === 'hidden' ? [] : [boxOf(one, side)];
        });
        const marked = marks.map(({ spot: { x, y } }) => ({ x: x - 10, y: y - 10, width: markPx, height: markPx }));
        for (const [index, one] of boxes.entries()) {
          for (const other of [...boxes.slice(index + 1), ...marked]) {
            const overlap = [
              Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x),
              Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y),
            ];
            expect(Math.min(...overlap)).toBeLessThan(1e-6);
          }
          expect(Math.min(one.x, one.y, 520 - one.x - one.width, 420 - one.y - one.height)).toBeGreaterThan(-1e-6);
        }
      }),
    );
  });

  it('stand below where there is room, beside where there is not, and the first has the choice', () => {
    const at = (x: number, y: number) => ({ spot: { x, y }, label: 'Pozo 1' });
    expect(placeLabels([at(100, 100)], room)).toEqual(['below']);
    expect(placeLabels([at(100, 100), at(110, 124)], room)).toEqual(['above', 'below']);
    const crowd = [at(100, 100), at(100, 122), at(100, 78), at(122, 100), at(78, 100)];
    expect(placeLabels(crowd, room)[0]).toBe('hidden');
    expect(placeLabels([at(510, 100), at(490, 350)], room)).toEqual(['left', 'hidden']);
    const obstacles = [textBox('Norte', { x: 100, y: 118 })];
    expect(placeLabels([at(100, 100)], { ...room, obstacles })).toEqual(['above']);
  });
});
