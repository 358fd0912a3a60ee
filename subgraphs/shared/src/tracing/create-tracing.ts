import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_NAMESPACE } from '@opentelemetry/semantic-conventions';
import { AppError } from '../errors/app-error.ts';
import { currentActivity, runAs } from './activity.ts';
import type { SpanDetail, SpanRole, Tracing } from './tracing.ts';

export interface TracingOptions {
  /** Base URL of an OTLP collector over HTTP; spans go to `/v1/traces` under it. */
  readonly endpoint: string;
  /** Names the process: `gateway`, `telemetry`, `worker`. */
  readonly serviceName: string;
  /** The share of traces that are kept, 0 to 1, of those that no caller decided on. Default 1. */
  readonly ratio?: number;
}

const maxQueuedSpans = 8_192;
const exportTimeoutMs = 3_000;

const kinds: Readonly<Record<SpanRole, SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/**
 * Tracing to an OTLP collector. Spans wait in a bounded queue and leave in batches; past the bound they are dropped,
 * and a collector that is away costs nothing but them. Nothing global is touched: two platforms in one process stay
 * apart.
 */
export function createTracing(options: TracingOptions): Tracing {
  const exporter = new OTLPTraceExporter({
    url: new URL('v1/traces', options.endpoint.endsWith('/') ? options.endpoint : `${options.endpoint}/`).href,
    timeoutMillis: exportTimeoutMs,
  });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: options.serviceName,
      [ATTR_SERVICE_NAMESPACE]: 'cauce',
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.ratio ?? 1) }),
    spanLimits: { attributeValueLengthLimit: 4_096, linkCountLimit: 64 },
    spanProcessors: [
      new BatchSpanProcessor(exporter, {
        maxQueueSize: maxQueuedSpans,
        maxExportBatchSize: 512,
        scheduledDelayMillis: 1_000,
        exportTimeoutMillis: exportTimeoutMs,
      }),
    ],
  });
  const tracer = provider.getTracer('cauce');

  const open = (name: string, detail: SpanDetail) => {
    const { role = 'internal', attributes, links, parent, startedAtMs } = detail;
    const under = parent ?? currentActivity()?.trace ?? ROOT_CONTEXT;
    const span = tracer.startSpan(
      name,
      {
        kind: kinds[role],
        ...(attributes === undefined ? {} : { attributes }),
        ...(links === undefined ? {} : { links: [...links] }),
        ...(startedAtMs === undefined ? {} : { startTime: startedAtMs }),
      },
      under,
    );
    const requestId = detail.requestId ?? currentActivity()?.requestId;
    if (requestId !== undefined) span.setAttribute('cauce.request_id', requestId);
    return { span, context: trace.setSpan(under, span) };
  };

  return {
    open,
    inSpan<Value>(name: string, detail: SpanDetail, work: (span: Span) => Value): Value {
      const { span, context } = open(name, detail);
      const requestId = detail.requestId ?? currentActivity()?.requestId ?? 'none';
      try {
        const value = runAs({ requestId, trace: context }, () => work(span));
        if (value instanceof Promise) {
          value.then(
            () => span.end(),
            (error: unknown) => endFailed(span, error),
          );
        } else span.end();
        return value;
      } catch (error) {
        endFailed(span, error);
        throw error;
      }
    },
    stop: () => provider.shutdown(),
  };
}

/** The kind of a failure, never its message: that may hold values of somebody's. */
function endFailed(span: Span, error: unknown): void {
  const kind = error instanceof AppError ? error.code : error instanceof Error ? error.name : 'unknown';
  span.setAttribute('error.type', kind);
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
