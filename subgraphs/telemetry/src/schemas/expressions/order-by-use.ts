import type { ExpressionProblem, TextSpan } from './expression-problem.ts';

interface Field {
  readonly name: string;
  readonly uses: ReadonlyMap<string, TextSpan>;
}

export interface OrderedFields<Own extends Field> {
  /** What others are made of comes first; apart from that as given. */
  readonly order: readonly Own[];
  /** Those that are made of themselves, by way of others or not, with the place that says so. */
  readonly circles: ReadonlyMap<string, ExpressionProblem>;
}

/** Puts calculated fields in an order in which each can be worked out, and finds those for which there is none. */
export function orderByUse<Own extends Field>(fields: readonly Own[]): OrderedFields<Own> {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const order: Own[] = [];
  const placed = new Set<string>();
  const isReady = ({ uses }: Own) => [...uses.keys()].every((name) => !byName.has(name) || placed.has(name));
  for (;;) {
    const next = fields.find((field) => !placed.has(field.name) && isReady(field));
    if (next === undefined) break;
    order.push(next);
    placed.add(next.name);
  }
  const circles = new Map<string, ExpressionProblem>();
  for (const field of fields) {
    if (placed.has(field.name)) continue;
    const [way, span] = wayBack(field, byName);
    // One that only hangs on a circle is not in it: it is right once the circle is gone.
    if (span !== null) circles.set(field.name, { code: 'CYCLE', detail: way.join(' → '), ...span });
  }
  return { order, circles };
}

/** The shortest way from a field through what it uses back to itself, and where it sets out. */
function wayBack<Own extends Field>(
  field: Own,
  byName: ReadonlyMap<string, Own>,
): readonly [readonly string[], TextSpan | null] {
  const waiting: (readonly string[])[] = [[field.name]];
  const seen = new Set<string>();
  for (let way = waiting.shift(); way !== undefined; way = waiting.shift()) {
    const last = byName.get(way.at(-1) ?? '');
    for (const name of last?.uses.keys() ?? []) {
      const further = [...way, name];
      if (name === field.name) return [further, field.uses.get(further[1] ?? '') ?? null];
      if (seen.has(name)) continue;
      seen.add(name);
      waiting.push(further);
    }
  }
  return [[], null];
}
