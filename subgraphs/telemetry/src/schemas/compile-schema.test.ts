import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSchema, type SchemaShape } from './compile-schema.ts';
import { createExpressionCompiler } from './expressions/expression-compiler.ts';

const compiler = createExpressionCompiler();
const quantities: SchemaShape['quantities'] = [
  { name: 'flow', variable: 'FLOW', aggregate: 'AVERAGE' },
  { name: 'volume', variable: 'TOTAL', aggregate: 'DELTA' },
];
const field = (name: string, expression: string, decimals = 2) => ({ name, expression, decimals });
const rule = (expression: string) => ({ expression });
const compile = (calculatedFields: SchemaShape['calculatedFields'], ...rules: string[]) =>
  compileSchema(compiler, { quantities, calculatedFields, validationRules: rules.map(rule) });
const withValues = (values: Readonly<Record<string, number | null>>) => (name: string) => values[name] ?? null;

describe('the calculated fields of a schema', () => {
  const byFlow = field('by_flow', 'flow * 3.6 * hours', 1);
  const difference = field('difference', 'volume - by_flow', 1);
  const share = field('share', '100 * difference / volume', 0);

  it('are worked out from each other, whatever order they are written in, and before they are rounded', () => {
    const values = withValues({ flow: 9.99, volume: 36, hours: 1 });
    const orders = [
      [byFlow, difference, share],
      [share, difference, byFlow],
      [difference, share, byFlow],
    ];
    for (const fields of orders) {
      const { problems, order, calculate } = compile(fields);
      expect(problems).toEqual([]);
      expect(order).toEqual(['by_flow', 'difference', 'share']);
      expect(Object.fromEntries(calculate(values).fields)).toEqual({
        by_flow: { value: 36 },
        // 36 - 35.964, not 36 - 36.
        difference: { value: 0 },
        share: { value: 0 },
      });
      expect(calculate(withValues({ flow: 8, volume: 36, hours: 1 })).fields.get('share')).toEqual({ value: 20 });
    }
  });

  it('have no value where what they are made of has none, each with its reason', () => {
    const { calculate } = compile([byFlow, difference, share], 'difference < 1', 'volume > 1');
    const { fields, rules } = calculate(withValues({ volume: 36, hours: 1 }));
    expect(Object.fromEntries(fields)).toMatchObject({
      by_flow: { missing: { code: 'NO_VALUE', name: 'flow' } },
      difference: { missing: { code: 'NO_VALUE', name: 'by_flow' } },
      share: { missing: { code: 'NO_VALUE', name: 'difference' } },
    });
    expect(rules).toMatchObject([{ missing: { name: 'difference' } }, { value: true }]);
    const still = calculate(withValues({ flow: 0, volume: 0, hours: 1 })).fields;
    expect(still.get('share')).toMatchObject({ missing: { code: 'DIVISION_BY_ZERO' } });
    expect(still.get('difference')).toEqual({ value: 0 });
  });

  it('that are wrong are told with their place, and the rest is worked out all the same', () => {
    const { problems, calculate } = compile([field('a', 'flow +'), field('b', 'c'), field('c', 'b'), byFlow], 'flow');
    expect(problems).toMatchObject([
      { path: 'calculatedFields.0.expression', code: 'SYNTAX', start: 6 },
      { path: 'validationRules.0.expression', code: 'WRONG_RESULT' },
      { path: 'calculatedFields.1.expression', code: 'CYCLE', detail: 'b → c → b' },
      { path: 'calculatedFields.2.expression', code: 'CYCLE' },
    ]);
    const { fields, rules } = calculate(withValues({ flow: 1, hours: 1 }));
    expect(fields.get('by_flow')).toEqual({ value: 3.6 });
    expect([fields.get('a'), fields.get('b'), rules[0]]).toEqual(
      Array.from({ length: 3 }, () => ({ missing: { code: 'INVALID', name: null, at: null } })),
    );
  });

  it('know the quantities that they are made of', () => {
    expect([...compile([byFlow, difference, share]).madeOf('share')].sort()).toEqual(['flow', 'hours', 'volume']);
  });

  it('come to the same in any order of writing', () => {
    const fields = [byFlow, difference, share, field('twice', 'share + share'), field('odd', 'twice / (flow - flow)')];
    const values = fc.record({ flow: fc.option(fc.double()), volume: fc.option(fc.double()), hours: fc.constant(1) });
    const expected = compile(fields);
    fc.assert(
      fc.property(fc.shuffledSubarray(fields, { minLength: fields.length }), values, (shuffled, given) => {
        const sorted = (result: ReturnType<typeof expected.calculate>) => [...result.fields].sort();
        const own = compile(shuffled).calculate(withValues(given));
        expect(sorted(own)).toEqual(sorted(expected.calculate(withValues(given))));
      }),
    );
  });
});
