import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBatchOrder } from './batch-order.ts';

describe('the order of batches that are written side by side', () => {
  it('never says that a key is reached while a batch before it is under way, and never goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }), (choices) => {
        const order = createBatchOrder();
        const open = [order.begin('1'), order.begin('2'), order.begin('3')];
        const settled = new Set<number>();
        let last = 0;
        for (const choice of choices) {
          const [batch] = open.splice(choice % open.length, 1);
          if (batch === undefined) continue;
          const reached = order.reach(batch);
          order.settle(batch);
          settled.add(Number(batch.lastKey));
          open.push(order.begin(String(settled.size + open.length + 1)));
          if (reached === undefined) continue;
          for (let key = 1; key <= Number(reached); key += 1) expect(settled).toContain(key);
          expect(Number(reached)).toBeGreaterThan(last);
          last = Number(reached);
        }
      }),
    );
  });

  it('reaches as far as those that ended earlier', () => {
    const order = createBatchOrder();
    const [first, second, third] = [order.begin('10'), order.begin('20'), order.begin('30')];
    expect(order.reach(second)).toBeUndefined();
    order.settle(second);
    expect(order.reach(third)).toBeUndefined();
    expect(order.reach(first)).toBe('20');
  });
});
