/** Codes that only the REST door has; every other one is the graph's (docs/error-codes.md). */
export const restCodes = {
  VALIDATION_FAILED: 422,
  NOT_OFFERED: 501,
} as const;

export interface FieldProblem {
  /** The parameter, with dots into nested bodies; `body` for the body as a whole. */
  readonly field: string;
  /** The rule it breaks. */
  readonly code: string;
  readonly message: string;
}

export interface RefusalOptions {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly reason?: string;
  readonly fields?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that is answered with a problem: its status, its code, and for wrong input the fields. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  /** The graph's own finer code for an expected failure: `DUPLICATE_SKU`. */
  readonly reason: string | null;
  readonly fields: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, code, detail, reason, fields = [], headers = {}, cause }: RefusalOptions) {
    super(detail, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.reason = reason ?? null;
    this.fields = fields;
    this.headers = headers;
  }
}

/** 422 with every field that is wrong. */
export function validationFailed(fields: readonly FieldProblem[]): Refusal {
  const detail = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new Refusal({ status: 422, code: 'VALIDATION_FAILED', detail, fields });
}
