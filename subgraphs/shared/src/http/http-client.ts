export interface HttpRequest {
  /** Names the outside system for its circuit breaker, log lines and metrics: `webhook:<host>`, `dga`. */
  readonly system: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs: number;
  /** Retries after the first try, only for what the caller knows to be safe to repeat. Default 0. */
  readonly retries?: number;
  /** Largest answer that is read, in bytes. Default 1 MiB. */
  readonly maxResponseBytes?: number;
  /** Refuse loopback, private and link-local targets, after DNS, on every connection. Default false. */
  readonly isPublicOnly?: boolean;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Outbound HTTP with a timeout, bounded answers, retries with backoff and `Retry-After`, and a breaker per system. */
export interface HttpClient {
  /** Any answer is returned, whatever its status; no answer throws `AppError('UPSTREAM_UNAVAILABLE')`. */
  request(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}
