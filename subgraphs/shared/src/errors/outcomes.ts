/** Expected failures of a mutation, answered as data: members of its result union, never `errors[]`. */
export abstract class ExpectedFailure extends Error {
  /** A stable reason inside the type, for the page that words it: `DUPLICATE_SKU`, `STILL_REFERENCED`. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The thing does not exist, or the viewer may not know that it does. */
export class NotFound extends ExpectedFailure {
  readonly entity: string;

  constructor(entity: string, message = `${entity} was not found`) {
    super('NOT_FOUND', message);
    this.entity = entity;
  }
}

/** The change is well-formed and not possible now: a duplicate, a stale version, something still in use. */
export class Conflict extends ExpectedFailure {}

export interface FieldFailure {
  /** Path of the input field, with dots: `schedule.from`. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** Input that breaks a rule, field by field. */
export class ValidationFailed extends ExpectedFailure {
  readonly fields: readonly FieldFailure[];

  constructor(fields: readonly FieldFailure[]) {
    super('VALIDATION_FAILED', fields.map((field) => `${field.path}: ${field.message}`).join('; '));
    this.fields = fields;
  }
}
