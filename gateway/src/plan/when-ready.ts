/** At hand, or to come. What is at hand is used at once: a request whose plan is known waits for no turn of the loop. */
export type Soon<Value> = Value | Promise<Value>;

/** Goes on with a value, now or once it is there. */
export function whenReady<Value, Next>(value: Soon<Value>, next: (value: Value) => Soon<Next>): Soon<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}
