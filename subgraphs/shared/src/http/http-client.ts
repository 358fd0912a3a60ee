export interface HttpRequest {
  /** Names the outside system for its circuit breaker, log lines and metrics: `dga`, `webhook:<host>`. */
  readonly system: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For one try, from connecting to the last byte. */
  readonly timeoutMs: number;
  /** Tries after the first one, only for what the caller knows to be safe to repeat. Default 0. */
  readonly retries?: number;
  /** Largest answer that is read, in bytes. Default 1 MiB. */
  readonly maxResponseBytes?: number;
  /** Refuse loopback, private and link-local targets, after DNS, on every connection. Default false. */
  readonly isPublicOnly?: boolean;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated ones joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why there was no answer; in the detail of the error. */
export type HttpFailure =
  | 'TIMEOUT'
  | 'NETWORK'
  | 'CIRCUIT_OPEN'
  | 'RESPONSE_TOO_LARGE'
  | 'PRIVATE_ADDRESS'
  | 'INVALID_URL'
  | 'ABORTED';

/** Outbound HTTP with a timeout, bounded answers, retries with backoff and `Retry-After`, and a breaker per system. */
export interface HttpClient {
  /**
   * Any answer is returned, whatever its status; redirects are answers too and are not followed. No answer throws
   * `AppError('UPSTREAM_UNAVAILABLE')` with the `reason` in its detail (`HttpFailure`).
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}
