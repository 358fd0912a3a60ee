const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Text that is no UUID is nobody's id, and must not reach Postgres, which would refuse the whole query. */
export function onlyUuids(ids: readonly string[]): string[] {
  return ids.filter((id) => uuid.test(id)).map((id) => id.toLowerCase());
}

export function isUuid(id: string): boolean {
  return uuid.test(id);
}
