import type { FieldFailure } from '@cauce/shared/errors/outcomes';
import { type CompiledSchema, compileSchema, type SchemaProblem } from './compile-schema.ts';
import type { ExpressionCompiler } from './expressions/expression-compiler.ts';
import { numberFunctions, valueFunctions } from './expressions/expression-functions.ts';
import type { ExpressionProblemCode } from './expressions/expression-problem.ts';
import { pointConstants } from './point-constants.ts';
import type { PreviewSchemaInput } from './schema-input.ts';

export interface CheckedSchema extends CompiledSchema {
  /** What is wrong apart from expressions: names, and aggregates that a quantity does not have. */
  readonly failures: readonly FieldFailure[];
}

/** Everything that can be found out about a schema before it is kept. */
export function checkSchema(compiler: ExpressionCompiler, given: PreviewSchemaInput): CheckedSchema {
  return { ...compileSchema(compiler, given), failures: [...nameFailures(given), ...shapeFailures(given)] };
}

/** A problem of an expression as a failure of its field. */
export function expressionFailure({ path, code, detail, start }: SchemaProblem): FieldFailure {
  const about = detail === null ? '' : ` (${detail})`;
  return { path, code, message: `${sentences[code]}${about}, at column ${start + 1}` };
}

const sentences: Readonly<Record<ExpressionProblemCode, string>> = {
  SYNTAX: 'something is missing or should not be there',
  TOO_LONG: 'is longer or more deeply nested than may be',
  NOT_ALLOWED: 'this is not part of the language',
  UNKNOWN_NAME: 'no quantity, field or constant has this name',
  UNKNOWN_FUNCTION: 'there is no such function',
  WRONG_ARGUMENTS: 'the function takes other arguments',
  WRONG_TYPE: 'numbers and conditions do not fit together here',
  WRONG_RESULT: 'a field must come to a number and a rule to true or false',
  CYCLE: 'is made of itself',
};

/** Words of the language; as a name they could not be written. */
const reserved = new Set([
  ...['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import'],
  ...['let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while', 'prototype'],
]);
const taken = new Set<string>([
  ...pointConstants.map(({ name }) => name),
  ...numberFunctions.map(({ name }) => name),
  ...valueFunctions,
]);

function nameFailures({ quantities, calculatedFields, shown }: PreviewSchemaInput): readonly FieldFailure[] {
  const names = [
    ...quantities.map(({ name }, index) => ({ name, path: `quantities.${index}.name` })),
    ...calculatedFields.map(({ name }, index) => ({ name, path: `calculatedFields.${index}.name` })),
  ];
  const seen = new Set<string>();
  const failures: FieldFailure[] = [];
  for (const { name, path } of names) {
    if (reserved.has(name) || taken.has(name)) {
      failures.push({ path, code: 'NAME_RESERVED', message: `${name} is a word of the language` });
    } else if (seen.has(name)) {
      failures.push({ path, code: 'NAME_TAKEN', message: `${name} is the name of another column` });
    }
    seen.add(name);
  }
  const order = shown ?? [];
  order.forEach((name, index) => {
    if (seen.has(name) && order.indexOf(name) === index) return;
    failures.push({ path: `shown.${index}`, code: 'UNKNOWN_NAME', message: `${name} is no column, or twice in it` });
  });
  return failures;
}

function shapeFailures({ quantities }: PreviewSchemaInput): readonly FieldFailure[] {
  return quantities.flatMap(({ variable, aggregate }, index) =>
    aggregate === 'DELTA' && variable !== 'TOTAL'
      ? [{ path: `quantities.${index}.aggregate`, code: 'NO_COUNTER', message: 'only a counter has a volume' }]
      : [],
  );
}
