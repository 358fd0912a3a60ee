/** A message on its way to one address. */
export interface CarriedMessage {
  /** The same at each try, so that whoever receives it can know it again. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** What it is about: `ALERT_OPENED`, ... */
  readonly event: string;
}

/** What came of one try. `isFinal`: it will never be taken at this address. */
export type CarrierOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'failed'; readonly error: string; readonly isFinal: boolean };

/** Brings messages to people over one channel. */
export interface Carrier {
  /** Never rejects: what goes wrong is an outcome. */
  send(message: CarriedMessage): Promise<CarrierOutcome>;
  close(): void;
}
