const pattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/**
 * Text that is no UUID is nobody's id. It is sorted out before it reaches Postgres, which would fail on it instead of
 * finding nothing.
 */
export function onlyUuids(ids: readonly string[]): string[] {
  return ids.filter((id) => pattern.test(id)).map((id) => id.toLowerCase());
}
