import { trace } from '@opentelemetry/api';
import { pino } from 'pino';
import { currentActivity } from '../tracing/activity.ts';
import { formatLine } from './format-line.ts';
import type { Log } from './log.ts';
import { redact } from './redact.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogOptions {
  /** Names the process in every line: `gateway`, `telemetry`, `worker`. */
  readonly name: string;
  readonly level: LogLevel;
  /** Lines for people instead of JSON; meant for the demo on a terminal. Default false. */
  readonly isPretty?: boolean;
  /** Values that must not appear whatever shape they take: the secrets this process was started with. */
  readonly knownSecrets?: readonly string[];
  /** Where lines go; standard output by default. */
  readonly write?: (line: string) => void;
}

/**
 * The log of a process: one JSON object a line. Every finished line passes redaction, so that no child logger,
 * binding, serializer or interpolated argument finds a way round it.
 */
export function createLog(options: LogOptions): Log {
  const secrets = (options.knownSecrets ?? []).filter((secret) => secret.length >= shortestSecret);
  const write = options.write ?? ((line: string) => process.stdout.write(line));
  const destination = { write: options.isPretty ? (line: string) => write(formatLine(line)) : write };
  return pino(
    {
      name: options.name,
      level: options.level,
      base: { pid: process.pid },
      mixin: activityFields,
      mixinMergeStrategy: (line, fields) => ({ ...fields, ...line }),
      timestamp: pino.stdTimeFunctions.isoTime,
      // Errors anywhere become plain objects here, while they still are errors.
      formatters: { level: (label) => ({ level: label }), log: (fields) => asRecord(redact(fields, secrets)) },
      serializers: { err: (error: unknown) => error },
      hooks: { streamWrite: (line) => redactLine(line, secrets) },
    },
    destination,
  );
}

/** Which request a line belongs to, and which trace, without anybody having to say so. */
function activityFields(): Record<string, string> {
  const activity = currentActivity();
  if (activity === undefined) return {};
  const span = activity.trace === null ? undefined : trace.getSpanContext(activity.trace);
  return {
    requestId: activity.requestId,
    ...(span === undefined ? {} : { traceId: span.traceId, spanId: span.spanId }),
  };
}

/** Shorter values would blank out half of the log. */
const shortestSecret = 6;

function redactLine(line: string, secrets: readonly string[]): string {
  try {
    return `${JSON.stringify(redact(JSON.parse(line), secrets))}\n`;
  } catch {
    return `${JSON.stringify({ level: 'error', msg: 'A log line could not be read and was dropped' })}\n`;
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : { value };
}
