/** Which span caused what a listener was given. Held by the values themselves, and gone with them. */
const origins = new WeakMap<object, string>();

/** Remembers the `traceparent` under which an event was written, for the value that was made of it. */
export function rememberOrigin(value: unknown, traceparent: string | undefined): void {
  if (traceparent !== undefined && typeof value === 'object' && value !== null) origins.set(value, traceparent);
}

export function originOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null ? (origins.get(value) ?? null) : null;
}
