import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMarks, type PointMark, worstMark } from './point-marks.ts';

const mark = (id: string, atMs: number, severity: PointMark['severity'] = 'WARNING'): PointMark => ({
  ...{ id, atMs, severity, untilMs: null, kind: 'alert', title: id, text: id },
});
const window = { fromMs: 0, toMs: 1_000 };

describe('marks on the axis', () => {
  it('stand together where they would touch, and each stands somewhere', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 1_100 })), (times) => {
        const marks = times.map((at, index) => mark(`m${index}`, at));
        const groups = groupMarks(marks, window, 0.02);
        const inside = marks.filter(({ atMs }) => atMs >= 0 && atMs < 1_000);
        expect(groups.flatMap((group) => group.marks.map(({ id }) => id)).toSorted()).toEqual(
          inside.map(({ id }) => id).toSorted(),
        );
        groups.forEach((group, index) => {
          const before = groups[index - 1];
          if (before !== undefined) expect(group.atMs - before.atMs).toBeGreaterThan(20);
        });
      }),
    );
  });
  it('are drawn as the worst of them', () => {
    expect(worstMark({ atMs: 0, marks: [mark('a', 0), mark('b', 1, 'CRITICAL'), mark('c', 2)] })?.id).toBe('b');
  });
});
