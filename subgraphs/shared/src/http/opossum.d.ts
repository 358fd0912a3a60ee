/** The part of opossum that we use; the package has no types of its own. */
declare module 'opossum' {
  interface CircuitBreakerOptions {
    readonly timeout?: number | false;
    readonly errorThresholdPercentage?: number;
    readonly volumeThreshold?: number;
    readonly resetTimeout?: number;
    readonly rollingCountTimeout?: number;
    readonly rollingPercentilesEnabled?: boolean;
    readonly enableSnapshots?: boolean;
    /** True for a failure that says nothing about the system. */
    readonly errorFilter?: (error: unknown) => boolean;
  }

  export default class CircuitBreaker<Args extends unknown[], Result> {
    constructor(action: (...args: Args) => Promise<Result>, options: CircuitBreakerOptions);
    fire(...args: Args): Promise<Result>;
    shutdown(): void;
    on(event: 'open' | 'halfOpen' | 'close', listener: () => void): this;
    readonly opened: boolean;
    readonly closed: boolean;
  }
}
