/** A device as the provider lists it. */
export interface SourceDevice {
  readonly deviceId: string;
  readonly name: string | null;
}

/** One value of one channel, as the provider sent it. */
export interface PulledValue {
  /** The provider's own id of the row; null when it gives none. */
  readonly id: string | null;
  readonly measuredAt: Date;
  readonly value: number | string | boolean | null;
  /** The unit that the row itself names. */
  readonly unit: string | null;
  /** The number is a status code of the logger, not a measurement: kept, and measures nothing. */
  readonly isStatusCode?: boolean;
}

export interface PulledValues {
  readonly values: readonly PulledValue[];
  /** Rows that could not be read, as text. */
  readonly unreadable: readonly string[];
}

/** One channel of one device over a stretch of time, both ends included. */
export interface ReadingsWindow {
  readonly deviceId: string;
  readonly channel: string;
  readonly from: Date;
  readonly to: Date;
}

/**
 * An outside account that readings are pulled from. Every call may be repeated without harm, and rejects with
 * `ProviderFailure` when the provider does not give what was asked for.
 */
export interface SourceOfReadings {
  /** Null when the protocol knows no sign-in of its own: the first reading tells whether the credentials hold. */
  readonly signIn: ((signal: AbortSignal) => Promise<void>) | null;
  /** Null when the protocol cannot list devices. */
  readonly devices: ((signal: AbortSignal) => Promise<readonly SourceDevice[]>) | null;
  /** The newest value, or null when there is none. */
  latest(deviceId: string, channel: string, signal: AbortSignal): Promise<PulledValue | null>;
  /**
   * Everything in the window, in any order and perhaps more than once; pages are followed to the end, so that an
   * answer is whole. A window that holds more than a pull can carry fails with `TOO_MANY`: ask for a shorter one.
   */
  read(window: ReadingsWindow, signal: AbortSignal): Promise<PulledValues>;
  /** How far the provider's clock is ahead of ours by its last answer, ms; null when it did not say. */
  clockSkewMs(): number | null;
}
