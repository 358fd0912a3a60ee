import type { SeriesAggregate } from '../series/series-buckets.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';
import {
  type CompiledExpression,
  type ExpressionCompiler,
  isProblem,
  type Missing,
  type Outcome,
} from './expressions/expression-compiler.ts';
import type { ExpressionProblem } from './expressions/expression-problem.ts';
import { orderByUse } from './expressions/order-by-use.ts';
import { pointConstants } from './point-constants.ts';

/** A measured quantity of a schema, under the name that expressions know it by. */
export interface SchemaQuantity {
  readonly name: string;
  readonly variable: VariableKind;
  readonly aggregate: SeriesAggregate;
}

/** What is worked out from the quantities beside it. */
export interface CalculatedField {
  readonly name: string;
  readonly expression: string;
  readonly decimals: number;
}

export interface SchemaShape {
  readonly quantities: readonly SchemaQuantity[];
  readonly calculatedFields: readonly CalculatedField[];
  readonly validationRules: readonly { readonly expression: string }[];
}

/** Something wrong with one input of a schema: `calculatedFields.1.expression`. */
export interface SchemaProblem extends ExpressionProblem {
  readonly path: string;
}

export interface CalculatedValues {
  /** Of each calculated field, by its name; rounded to its decimals. */
  readonly fields: ReadonlyMap<string, Outcome<number>>;
  /** Of each validation rule in its place: whether it holds. */
  readonly rules: readonly Outcome<boolean>[];
}

export interface CompiledSchema {
  readonly problems: readonly SchemaProblem[];
  /** The calculated fields in the order in which they are worked out. */
  readonly order: readonly string[];
  /** The quantities that a field or rule is made of, directly and by way of other fields. */
  madeOf(name: string): ReadonlySet<string>;
  /** The names that a validation rule is written with, by its place. */
  usedBy(rule: number): readonly string[];
  /** Works out everything from the quantities and constants of one group. A field with a problem is INVALID. */
  calculate(measured: (name: string) => number | null): CalculatedValues;
}

/**
 * Checks the expressions of a schema and makes them ready. What a field is made of is taken as it is before rounding, so
 * that the order in which fields were written changes nothing.
 */
export function compileSchema(compiler: ExpressionCompiler, shape: SchemaShape): CompiledSchema {
  const known = new Set([
    ...pointConstants.map(({ name }) => name),
    ...shape.quantities.map(({ name }) => name),
    ...shape.calculatedFields.map(({ name }) => name),
  ]);
  const problems: SchemaProblem[] = [];
  const keep = <Value>(path: string, result: CompiledExpression<Value> | ExpressionProblem) => {
    if (!isProblem(result)) return result;
    problems.push({ ...result, path });
    return null;
  };
  const fields = shape.calculatedFields.flatMap(({ name, expression, decimals }, index) => {
    const path = `calculatedFields.${index}.expression`;
    const compiled = keep(path, compiler.number(expression, known));
    return compiled === null ? [] : [{ name, decimals, path, ...compiled }];
  });
  const rules = shape.validationRules.map(({ expression }, index) =>
    keep(`validationRules.${index}.expression`, compiler.condition(expression, known)),
  );
  const { order, circles } = orderByUse(fields);
  for (const { name, path } of fields) {
    const circle = circles.get(name);
    if (circle !== undefined) problems.push({ ...circle, path });
  }
  const calculated = new Set(shape.calculatedFields.map(({ name }) => name));
  return {
    problems,
    order: order.map(({ name }) => name),
    madeOf: (name) => leavesOf(name, new Map(fields.map((field) => [field.name, field.uses]))),
    usedBy: (rule) => [...(rules[rule]?.uses.keys() ?? [])],
    calculate(measured) {
      const exact = new Map<string, number>();
      const values = new Map<string, Outcome<number>>();
      const lookUp = (name: string) => (calculated.has(name) ? (exact.get(name) ?? null) : measured(name));
      for (const { name, decimals, evaluate } of order) {
        const outcome = evaluate(lookUp);
        if ('value' in outcome) exact.set(name, outcome.value);
        values.set(name, 'value' in outcome ? { value: rounded(outcome.value, decimals) } : outcome);
      }
      return {
        fields: new Map(
          shape.calculatedFields.map(({ name }) => [name, values.get(name) ?? { missing: invalid }] as const),
        ),
        rules: rules.map((rule) => rule?.evaluate(lookUp) ?? { missing: invalid }),
      };
    },
  };
}

const invalid: Missing = { code: 'INVALID', name: null, at: null };

/** Without minus zero. */
function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0;
}

function leavesOf(name: string, uses: ReadonlyMap<string, ReadonlyMap<string, unknown>>): ReadonlySet<string> {
  const leaves = new Set<string>();
  const seen = new Set<string>();
  const visit = (at: string) => {
    if (seen.has(at)) return;
    seen.add(at);
    const own = uses.get(at);
    if (own === undefined) leaves.add(at);
    else for (const used of own.keys()) visit(used);
  };
  visit(name);
  return leaves;
}
