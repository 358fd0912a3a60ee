export interface NamedPoint {
  readonly id: string;
  readonly name: string;
}

interface Place {
  readonly siteId: string | null;
  readonly pointId: string | null;
}

/** Where something holds, as the value of one field: `all`, `site:…` or `point:…`. A point goes before its site. */
export function placeValue({ siteId, pointId }: Place): string {
  if (pointId !== null) return `point:${pointId}`;
  return siteId === null ? 'all' : `site:${siteId}`;
}

/** The place that a field's value stands for. */
export function placeOf(value: string): Place {
  const [kind, id = null] = value.split(':');
  return { siteId: kind === 'site' ? id : null, pointId: kind === 'point' ? id : null };
}

/** Points that can be chosen; the one that is chosen is among them even when it is at another site. */
export function withChosen(points: readonly NamedPoint[], chosen: NamedPoint | null): readonly NamedPoint[] {
  return chosen === null || points.some(({ id }) => id === chosen.id) ? points : [chosen, ...points];
}
