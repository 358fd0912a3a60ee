/** How an answer is written. `null` when the client takes nothing that we have. */
export type AnswerFormat = 'graphql-response' | 'json' | 'event-stream' | null;

const formats: Readonly<Record<string, AnswerFormat>> = {
  'application/graphql-response+json': 'graphql-response',
  'application/json': 'json',
  'application/*': 'json',
  '*/*': 'json',
  'text/event-stream': 'event-stream',
};

/**
 * Reads an `Accept` header. Generic clients name every format they can read; what they weigh highest, and name first
 * among equals, is what they get.
 */
export function answerFormat(accept: string | undefined): AnswerFormat {
  if (accept === undefined || accept.trim() === '') return 'json';
  let best: AnswerFormat = null;
  let bestWeight = 0;
  for (const part of accept.toLowerCase().split(',')) {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const format = formats[type];
    if (format === undefined || !isUtf8(parameters)) continue;
    const weight = weightOf(parameters);
    if (weight <= bestWeight) continue;
    best = format;
    bestWeight = weight;
  }
  return best;
}

function isUtf8(parameters: readonly string[]): boolean {
  return parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter));
}

function weightOf(parameters: readonly string[]): number {
  const written = parameters.find((parameter) => parameter.startsWith('q='));
  if (written === undefined) return 1;
  const weight = Number(written.slice(2));
  return Number.isFinite(weight) ? Math.min(weight, 1) : 0;
}
