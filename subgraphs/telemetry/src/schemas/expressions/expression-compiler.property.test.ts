import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExpressionCompiler, isProblem, longestExpression } from './expression-compiler.ts';

const compiler = createExpressionCompiler();
const runs = Number(process.env.CAUCE_EXPRESSION_RUNS ?? '400');
const names = ['flow', 'level', 'constructor', 'prototype_', 'tostring'] as const;
const known: ReadonlySet<string> = new Set(names);

const someValue = fc.option(fc.double({ noNaN: false }), { nil: null });
const scope = fc.record({
  flow: someValue,
  level: someValue,
  constructor: someValue,
  prototype_: someValue,
  tostring: someValue,
});

/** Mostly well-formed: numbers of every size, names, every operator and function. */
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(...names),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => `(${value})`),
    fc.constantFrom('0', '1', '2.5', 'true', 'false', '1e308'),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom(...'+-*/<>'.split(''), '<=', '>=', '==', '!=', '&&', '||', '%', 'in'),
        tie('expression'),
      )
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(fc.constantFrom('-', '!'), tie('expression')).map(([operator, value]) => `(${operator}${value})`),
    fc
      .tuple(
        fc.constantFrom('min', 'max', 'pow', 'sqrt', 'ln', 'abs', 'known', 'or_else', 'size', 'dyn', 'type'),
        fc.array(tie('expression'), { maxLength: 3 }),
      )
      .map(([name, given]) => `${name}(${given.join(', ')})`),
  ),
}));

/** Pieces of the language and of what somebody may try, in any order. */
const noise = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'flow',
        '__proto__',
        '.constructor',
        '["constructor"]',
        '.map(x, x)',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
      ),
      fc.constantFrom(
        '"a"',
        "b'x'",
        '"(a+)+$"',
        '.matches(',
        'cel.bind(',
        'timestamp(',
        '1u',
        '?',
        ':',
        ',',
        '//',
        '\n',
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

const texts = fc.oneof({ weight: 3, arbitrary: expression }, { weight: 1, arbitrary: noise });
type Scope = Readonly<Record<(typeof names)[number], number | null>>;
const valueIn = (values: Scope) => (name: string) =>
  names.some((own) => own === name) ? (values[name as keyof Scope] ?? null) : null;

describe('any text at all', () => {
  it('is refused at a place inside of it, or comes to a finite number or to a reason; nothing is thrown', () => {
    let worked = 0;
    fc.assert(
      fc.property(texts, scope, (text, values) => {
        const compiled = compiler.number(text, known);
        if (isProblem(compiled)) {
          expect(compiled.start).toBeGreaterThanOrEqual(0);
          expect(compiled.end).toBeGreaterThanOrEqual(compiled.start);
          expect(compiled.end).toBeLessThanOrEqual(text.length);
          return;
        }
        const outcome = compiled.evaluate(valueIn(values));
        worked += 1;
        if ('value' in outcome) expect(Number.isFinite(outcome.value)).toBe(true);
        else expect(outcome.missing.at === null || outcome.missing.at.end <= text.length).toBe(true);
      }),
      { numRuns: runs },
    );
    // Otherwise the generator only makes what is refused, and the property says nothing.
    expect(worked).toBeGreaterThan(runs / 20);
  });

  it('asks for the values of the names that it was told, and for nothing else', () => {
    fc.assert(
      fc.property(texts, scope, (text, values) => {
        const compiled = compiler.number(text, known);
        if (isProblem(compiled)) return;
        const asked: string[] = [];
        compiled.evaluate((name) => {
          asked.push(name);
          return valueIn(values)(name);
        });
        expect(asked.every((name) => known.has(name))).toBe(true);
        expect(new Set(asked)).toEqual(new Set(compiled.uses.keys()));
      }),
      { numRuns: runs },
    );
  });

  it('comes to the same however often it is worked out', () => {
    fc.assert(
      fc.property(expression, scope, scope, (text, values, others) => {
        const compiled = compiler.number(text, known);
        if (isProblem(compiled)) return;
        const first = compiled.evaluate(valueIn(values));
        compiled.evaluate(valueIn(others));
        expect(compiled.evaluate(valueIn(values))).toEqual(first);
      }),
      { numRuns: runs },
    );
  });

  it('is never worked on when it is longer than may be', () => {
    fc.assert(
      fc.property(fc.string({ minLength: longestExpression + 1, maxLength: longestExpression * 4 }), (text) => {
        expect(compiler.number(text, known)).toMatchObject({ code: 'TOO_LONG' });
      }),
      { numRuns: 50 },
    );
  });
});
