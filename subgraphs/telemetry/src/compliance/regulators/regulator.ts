import type { VariableKind } from '../../variables/variable-kinds.ts';
import type { SubmissionOutcome } from '../submission.ts';

/** What a point is registered as at a regulator: as kept, nothing of it read yet. */
export interface RawRegistration {
  /** Of the regulator: `baseUrl`. */
  readonly source: unknown;
  /** Issued at registration, never derived: the work's code, device ids, parameter names. */
  readonly identifiers: unknown;
  readonly config: unknown;
  /** Opened secrets; null when none were given. */
  readonly credentials: unknown;
}

/** What was measured for a slot. */
export interface SlotReadings {
  readonly values: ReadonlyMap<VariableKind, number>;
  /** Total volume one day before the slot, m3, where the standard asks for the daily mean. */
  readonly totalDayBefore: number | null;
  readonly aggregation: string;
}

/** The values of a slot, text as on the wire, or why there is nothing to send. */
export type PreparedSlot =
  | { readonly isReady: true; readonly values: WireValues }
  | { readonly isReady: false; readonly reason: string };

export type WireValues = Readonly<Record<string, string>>;

export interface Slot {
  readonly slotAt: Date;
  readonly values: WireValues;
}

export interface RegulatorRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
  /** The same without secrets, for the attempt's row. */
  readonly redacted: Readonly<Record<string, unknown>>;
}

export interface RegulatorResponse {
  readonly status: number;
  readonly body: string;
}

/** What an answer means. */
export interface Answer {
  readonly outcome: SubmissionOutcome;
  readonly voucher: string | null;
  /** What the regulator said, short; null when all is well. */
  readonly error: string | null;
}

export type Verification = 'CONFIRMED' | 'DIFFERENT' | 'UNCLEAR';

/** One registration at one regulator. */
export interface RegulatorClient {
  prepare(readings: SlotReadings): PreparedSlot;
  /** @throws RegistrationProblem when something that the call needs is missing */
  request(slot: Slot, now: Date): RegulatorRequest;
  /** A sign-in that has to come before the call; null where secrets travel with it. */
  readonly signIn: SignIn | null;
  classify(response: RegulatorResponse): Answer;
  /** Null where the regulator cannot be asked. */
  verification(slot: Slot, voucher: string): RegulatorRequest | null;
  readVerification(slot: Slot, response: RegulatorResponse): Verification;
}

export interface SignIn {
  /** Sessions are kept under it. */
  readonly key: string;
  readonly lifetimeMs: number;
  request(): RegulatorRequest;
  /** The headers that a session adds; null for a refusal. */
  read(response: RegulatorResponse): Readonly<Record<string, string>> | null;
}

export interface Regulator {
  readonly code: string;
  /** After a lost answer: send again the next day and expect the duplicate answer, or leave it to a person. */
  readonly afterLostAnswer: 'NEXT_DAY' | 'REVIEW';
  readonly afterRejection: 'NEXT_DAY' | 'REVIEW';
  /** Whether it can be asked for what it holds. */
  readonly canVerify: boolean;
  /** Shortest pause between two calls of all points together, ms. */
  readonly paceMs: number;
  /** @throws RegistrationProblem for identifiers or settings that are not as the regulator issues them */
  open(raw: RawRegistration): RegulatorClient;
}

/** The registration is not fit for a call; a person has to complete it. The message names fields, never their values. */
export class RegistrationProblem extends Error {
  override readonly name = 'RegistrationProblem';
  /** Paths of what is missing or wrong: `identifiers.codigoObra`. */
  readonly fields: readonly string[];

  constructor(message: string, fields: readonly string[] = []) {
    super(message);
    this.fields = fields;
  }
}
