interface Measured {
  readonly variable: string;
  readonly measuredAt: string;
}

/**
 * The newest value of each variable once `added` is known too. A value that was measured earlier than the one shown
 * (a late upload, a reprocessed day) changes nothing, and variables keep their order.
 */
export function mergeLatest<Value extends Measured>(known: readonly Value[], added: Value): readonly Value[] {
  const at = known.findIndex((one) => one.variable === added.variable);
  const shown = known[at];
  if (shown === undefined) return [...known, added];
  return Date.parse(added.measuredAt) < Date.parse(shown.measuredAt) ? known : known.with(at, added);
}
