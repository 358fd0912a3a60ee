/** A step into a JSON value: a member, an index, or every item of a list. */
type Step = string | number | typeof everyItem;

const everyItem = Symbol('*');

/**
 * Reads a path: `$.data[*].values[0]['the key']`. A strict subset of JSONPath (RFC 9535): root, member names, indexes
 * from 0, and `[*]` over lists. No filters, no scripts, no descent, so that a path is data and nothing runs.
 * @returns null for a text that is no such path
 */
export function parseJsonPath(path: string): readonly Step[] | null {
  if (!path.startsWith('$') || path.length > 300) return null;
  const steps: Step[] = [];
  const pattern = /\.([A-Za-z_][\w-]*)|\[(\d{1,6})\]|\['([^'\\]{1,120})'\]|\[(\*)\]/y;
  pattern.lastIndex = 1;
  while (pattern.lastIndex < path.length) {
    const match = pattern.exec(path);
    if (match === null) return null;
    const [, name, index, quoted] = match;
    steps.push(name ?? quoted ?? (index === undefined ? everyItem : Number(index)));
  }
  return steps;
}

/** Everything that a path leads to; nothing for a path that `parseJsonPath` refuses. Own members only. */
export function selectAll(value: unknown, path: string): readonly unknown[] {
  const steps = parseJsonPath(path);
  if (steps === null) return [];
  return steps.reduce<readonly unknown[]>((found, step) => found.flatMap((one) => [...follow(one, step)]), [value]);
}

/** The first thing that a path leads to; undefined when it leads nowhere. */
export function selectOne(value: unknown, path: string): unknown {
  return selectAll(value, path)[0];
}

function follow(value: unknown, step: Step): readonly unknown[] {
  if (Array.isArray(value)) {
    if (step === everyItem) return value;
    return typeof step === 'number' && step < value.length ? [value[step]] : [];
  }
  if (typeof value !== 'object' || value === null || typeof step !== 'string') return [];
  return Object.hasOwn(value, step) ? [Reflect.get(value, step)] : [];
}
