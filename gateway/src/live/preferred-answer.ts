const json = new Set(['application/json', 'application/graphql-response+json', 'application/*', '*/*']);

/**
 * Whether an `Accept` header asks for Server-Sent Events rather than JSON. Generic clients name every format they can
 * read; what they weigh highest, and name first among equals, is what they get.
 */
export function prefersEventStream(accept: string | undefined): boolean {
  const offers = (accept ?? '')
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { type: type.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ type, weight }) => weight > 0 && (type === 'text/event-stream' || json.has(type)));
  const best = offers.toSorted((a, b) => b.weight - a.weight)[0];
  return best?.type === 'text/event-stream';
}
