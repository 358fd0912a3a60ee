/** Why a provider did not give what was asked for. Stable codes; pages word them. */
export const providerFailureKinds = [
  'SIGN_IN_REFUSED',
  'UNAUTHORISED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'MISSING',
  'REFUSED',
  'UNAVAILABLE',
  'TIMEOUT',
  'CIRCUIT_OPEN',
  'PRIVATE_ADDRESS',
  'MALFORMED',
  'BAD_PAGING',
  'TOO_MANY',
  'BAD_SETTINGS',
  'WRONG_UNIT',
  'CLOCK_SKEW',
] as const;

export type ProviderFailureKind = (typeof providerFailureKinds)[number];

/** A provider failed us. The message names no secret: whoever throws it has masked what the provider said. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  readonly kind: ProviderFailureKind;
  /** How long the provider asks to be left alone, ms. */
  readonly retryAfterMs: number | null;

  constructor(kind: ProviderFailureKind, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
