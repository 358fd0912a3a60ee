/** Work under way that others who ask for the same may wait for as well. */
export interface Flights<Value> {
  /**
   * Waits for the work of this name, and starts it when there is none to join. `signal` ends this caller's waiting
   * only; the work's own signal is aborted when the last caller has left.
   */
  join(name: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<Value>): Promise<Joined<Value>>;
  /** Nobody joins any more what has begun before now; those who wait for it get it. */
  seal(): void;
}

export interface Joined<Value> {
  readonly value: Value;
  /** Somebody else has it too: it must not be changed. */
  readonly isShared: boolean;
}

/**
 * Who asks later than this starts anew. It bounds how old an answer can be by the time it was asked for: a client that
 * heard of a change and asks again must not be given what was read before it.
 */
const joinableMs = 10;

interface Flight<Value> {
  readonly startedAt: number;
  readonly ending: AbortController;
  readonly result: Promise<Value>;
  waiting: number;
  joined: number;
  hasLanded: boolean;
}

export function createFlights<Value>(maxAgeMs = joinableMs): Flights<Value> {
  const open = new Map<string, Flight<Value>>();

  const begin = (name: string, start: (signal: AbortSignal) => Promise<Value>): Flight<Value> => {
    const ending = new AbortController();
    const flight: Flight<Value> = {
      startedAt: performance.now(),
      ending,
      result: start(ending.signal),
      waiting: 0,
      joined: 0,
      hasLanded: false,
    };
    open.set(name, flight);
    return flight;
  };
  const close = (name: string, flight: Flight<Value>) => {
    if (open.get(name) === flight) open.delete(name);
  };

  return {
    join(name, signal, start) {
      if (signal.aborted) return Promise.reject(signal.reason);
      const known = open.get(name);
      const isJoinable = known !== undefined && performance.now() - known.startedAt <= maxAgeMs;
      const flight = isJoinable ? known : begin(name, start);
      flight.waiting += 1;
      flight.joined += 1;
      return new Promise((resolve, reject) => {
        const leave = () => {
          flight.waiting -= 1;
          reject(signal.reason);
          if (flight.waiting > 0 || flight.hasLanded) return;
          close(name, flight);
          flight.ending.abort(signal.reason);
        };
        const land = () => {
          flight.hasLanded = true;
          signal.removeEventListener('abort', leave);
          close(name, flight);
        };
        signal.addEventListener('abort', leave, { once: true });
        flight.result.then(
          (value) => {
            land();
            resolve({ value, isShared: flight.joined > 1 });
          },
          (error: unknown) => {
            land();
            reject(error);
          },
        );
      });
    },
    seal: () => open.clear(),
  };
}
