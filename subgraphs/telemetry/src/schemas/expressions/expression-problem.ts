/** What can be wrong with an expression before it has ever been worked out. */
export const expressionProblemCodes = [
  'SYNTAX',
  'TOO_LONG',
  'NOT_ALLOWED',
  'UNKNOWN_NAME',
  'UNKNOWN_FUNCTION',
  'WRONG_ARGUMENTS',
  'WRONG_TYPE',
  'WRONG_RESULT',
  'CYCLE',
] as const;

export type ExpressionProblemCode = (typeof expressionProblemCodes)[number];

/** Part of an expression's text: offsets from 0, the end not included. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export interface ExpressionProblem extends TextSpan {
  readonly code: ExpressionProblemCode;
  /** The name it is about, or what would close a circle; null where the place says it all. */
  readonly detail: string | null;
}

/** Thrown inside of the compiler only: the first thing that is wrong. */
export class ExpressionRefused extends Error {
  readonly problem: ExpressionProblem;

  constructor(problem: ExpressionProblem) {
    super(problem.code);
    this.problem = problem;
  }
}
