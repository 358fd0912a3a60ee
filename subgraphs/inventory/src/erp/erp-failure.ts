export const erpFailureKinds = [
  'UNREACHABLE',
  'SIGN_IN_REFUSED',
  'TIMED_OUT',
  'CONNECTION_LOST',
  'BAD_MAPPING',
  'REFUSED',
] as const;
export type ErpFailureKind = (typeof erpFailureKinds)[number];

/** What an ERP did instead of answering. The message is ours: it holds no secret and no address. */
export class ErpFailure extends Error {
  override readonly name = 'ErpFailure';
  readonly kind: ErpFailureKind;
  constructor(kind: ErpFailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
  /** Whether the same again may go well. */
  get isPassing(): boolean {
    return this.kind === 'UNREACHABLE' || this.kind === 'TIMED_OUT' || this.kind === 'CONNECTION_LOST';
  }
}
