import {
  type TypeError as CheckError,
  Environment,
  EvaluationError,
  ParseError,
  type ParseResult,
} from '@marcbachmann/cel-js';
import { type NumberFunction, numberFunctions, operatorFunctions } from './expression-functions.ts';
import { type ExpressionProblem, ExpressionRefused, type TextSpan } from './expression-problem.ts';
import { functionName, type LoweredExpression, lowerExpression } from './lower-expression.ts';

/** Why there is no value. */
export const missingCodes = ['NO_VALUE', 'DIVISION_BY_ZERO', 'NOT_A_NUMBER', 'OUT_OF_BOUNDS', 'INVALID'] as const;
export type MissingCode = (typeof missingCodes)[number];

export interface Missing {
  readonly code: MissingCode;
  /** The name that has no value, for NO_VALUE. */
  readonly name: string | null;
  /** Which part of the expression found it; null where there is no expression. */
  readonly at: TextSpan | null;
}

export type Outcome<Value> = { readonly value: Value } | { readonly missing: Missing };

export interface CompiledExpression<Value> {
  /** The names it uses, and where each is first used. */
  readonly uses: ReadonlyMap<string, TextSpan>;
  /** Works it out; a name is null where there is no value. Never throws, and touches nothing but the numbers it is given. */
  evaluate(lookUp: (name: string) => number | null): Outcome<Value>;
}

export interface ExpressionCompiler {
  number(text: string, known: ReadonlySet<string>): CompiledExpression<number> | ExpressionProblem;
  condition(text: string, known: ReadonlySet<string>): CompiledExpression<boolean> | ExpressionProblem;
}

/** Characters of an expression at most. */
export const longestExpression = 500;
/** Parts of an expression at most, and how deep they may be nested. Nothing repeats, so this is what working it out costs. */
const limits = { maxAstNodes: 150, maxDepth: 24 };

export function createExpressionCompiler(): ExpressionCompiler {
  const given = new Environment({ limits });
  // What was lowered has more parts (a guarded call adds one, `or_else` two) and nests where a chain did not.
  const own = new Environment({ limits: { maxAstNodes: limits.maxAstNodes * 4, maxDepth: limits.maxAstNodes * 2 } });
  for (let slot = 0; slot < limits.maxAstNodes; slot++) {
    own.registerVariable(`v${slot}`, 'double').registerVariable(`k${slot}`, 'bool');
  }
  for (const known of [...operatorFunctions, ...numberFunctions]) registerFunction(own, known);

  const compile = <Value extends number | boolean>(
    text: string,
    known: ReadonlySet<string>,
    wanted: 'double' | 'bool',
    isValue: (value: unknown) => value is Value,
  ): CompiledExpression<Value> | ExpressionProblem => {
    if (text.length > longestExpression) {
      return { code: 'TOO_LONG', detail: null, start: longestExpression, end: text.length };
    }
    try {
      const lowered = lowerExpression(given.parse(text).ast, known);
      const program = own.parse(lowered.text);
      const { valid, type, error } = program.check();
      if (!valid) return problemOf(error, lowered);
      if (type !== wanted) return { code: 'WRONG_RESULT', detail: null, start: 0, end: text.length };
      return { uses: lowered.uses, evaluate: (lookUp) => run(program, lowered, lookUp, isValue) };
    } catch (error) {
      if (error instanceof ExpressionRefused) return error.problem;
      if (error instanceof ParseError) return syntaxProblem(error, text);
      throw error;
    }
  };

  return {
    number: (text, known) => compile(text, known, 'double', (value) => typeof value === 'number'),
    condition: (text, known) => compile(text, known, 'bool', (value) => typeof value === 'boolean'),
  };
}

/** Whether it could not be compiled. */
export function isProblem(result: object): result is ExpressionProblem {
  return 'code' in result;
}

/** Each number of arguments is a function of its own; its last parameter is the index of the part that calls it. */
function registerFunction(environment: Environment, { name, least, most, apply }: NumberFunction): void {
  for (let count = least; count <= most; count++) {
    const parameters = Array.from({ length: count + 1 }, () => 'double').join(', ');
    environment.registerFunction(
      `${functionName(name, count)}(${parameters}): double`,
      (...given: number[]) => checked(name, given.slice(0, -1), apply, given.at(-1) ?? 0),
      { async: false },
    );
  }
}

/** A number that is none goes no further: what is made of it would look like one again (1 / (1 / 0) is 0). */
function checked(name: string, numbers: readonly number[], apply: NumberFunction['apply'], part: number): number {
  if (name === '/' && numbers[1] === 0) throw failure('DIVISION_BY_ZERO', part);
  const value = apply(numbers);
  if (Number.isNaN(value)) throw failure('NOT_A_NUMBER', part);
  if (!Number.isFinite(value)) throw failure('OUT_OF_BOUNDS', part);
  return value;
}

function failure(code: MissingCode, part: number): EvaluationError {
  return new EvaluationError({ code, message: code, range: { start: part, end: part } });
}

function run<Value>(
  program: ParseResult,
  { names, parts }: LoweredExpression,
  lookUp: (name: string) => number | null,
  isValue: (value: unknown) => value is Value,
): Outcome<Value> {
  const scope = new Map<string, number | boolean>();
  names.forEach((name, slot) => {
    const value = lookUp(name);
    const isKnown = value !== null && Number.isFinite(value);
    if (isKnown) scope.set(`v${slot}`, value);
    scope.set(`k${slot}`, isKnown);
  });
  try {
    const value: unknown = program(scope);
    if (isValue(value)) return { value };
    throw new Error('An expression came to something that is not of its type');
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { missing: missingOf(error, names, parts) };
  }
}

function missingOf(error: EvaluationError, names: readonly string[], parts: LoweredExpression['parts']): Missing {
  const code = missingCodes.find((known) => known === error.code);
  if (code !== undefined) return { code, name: null, at: parts[error.range?.start ?? 0]?.source ?? null };
  const part = partAround(parts, error.node);
  // A slot without a value: nothing else can fail in what was checked.
  const slot = /\bv(\d+)$/.exec(error.summary)?.[1];
  return {
    code: 'NO_VALUE',
    name: slot === undefined ? null : (names[Number(slot)] ?? null),
    at: part?.source ?? null,
  };
}

function problemOf(error: CheckError | ParseError | undefined, { parts }: LoweredExpression): ExpressionProblem {
  const source = partAround(parts, error?.node)?.source ?? { start: 0, end: 0 };
  return { code: 'WRONG_TYPE', detail: null, ...source };
}

function syntaxProblem(error: ParseError, text: string): ExpressionProblem {
  const start = Math.min(error.range?.start ?? 0, text.length);
  const code = error.code === 'limit_exceeded' ? 'TOO_LONG' : 'SYNTAX';
  return { code, detail: null, start, end: Math.max(start, Math.min(error.range?.end ?? start, text.length)) };
}

/** The smallest part of the lowered text that holds all of a node. */
function partAround(parts: LoweredExpression['parts'], node: TextSpan | undefined) {
  if (node === undefined) return undefined;
  return parts
    .filter(({ start, end }) => start <= node.start && node.end <= end)
    .sort((one, other) => one.end - one.start - (other.end - other.start))[0];
}
