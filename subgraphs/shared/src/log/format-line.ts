import { z } from 'zod';

/** One short line for people out of one JSON log line: time, level, process, message, fields. */
export function formatLine(line: string): string {
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success) return line;
  const { level, time, name, msg, pid: _pid, err, ...fields } = parsed.data;
  const shown = Object.entries(fields).map(([key, value]) => `${dim(`${key}=`)}${oneLine(value)}`);
  const head = [dim(time.slice(11, 19)), colour(level), dim(name ?? ''), msg ?? ''].filter((part) => part !== '');
  return `${[...head, ...shown, ...(err === undefined ? [] : [describeError(err)])].join(' ')}\n`;
}

const errorSchema = z.looseObject({ message: z.string().optional(), stack: z.string().optional() });
const lineSchema = z.looseObject({
  level: z.string(),
  time: z.string(),
  name: z.string().optional(),
  msg: z.string().optional(),
  pid: z.number().optional(),
  err: errorSchema.optional(),
});

const colours: Readonly<Record<string, number>> = { fatal: 35, error: 31, warn: 33, info: 36, debug: 90, trace: 90 };

function colour(level: string): string {
  return `\u001b[${colours[level] ?? 37}m${level.padEnd(5)}\u001b[0m`;
}

function dim(text: string): string {
  return text === '' ? '' : `\u001b[2m${text}\u001b[0m`;
}

function oneLine(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(/\s+/g, ' ') : JSON.stringify(value);
}

/** The one place where a line may become several: a stack nobody can read on one line. */
function describeError(error: z.output<typeof errorSchema>): string {
  return `\n${error.stack ?? error.message ?? JSON.stringify(error)}`;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
