import { trace } from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runAs } from './activity.ts';
import { contextFromHeaders, currentTraceHeaders, linkTo } from './traceparent.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const spanOf = (headers: Readonly<Record<string, unknown>>) => trace.getSpanContext(contextFromHeaders(headers));

describe('W3C trace context', () => {
  it('goes out as it came in, state included', () => {
    const headers = { traceparent, tracestate: 'vendor=a,other=b' };
    const sent = runAs({ requestId: 'r', trace: contextFromHeaders(headers) }, currentTraceHeaders);
    expect(sent).toEqual(headers);
  });

  it('is not sent outside of a trace', () => {
    expect(currentTraceHeaders()).toEqual({});
    expect(runAs({ requestId: 'r', trace: null }, currentTraceHeaders)).toEqual({});
  });

  it.each([
    '',
    'x',
    traceparent.toUpperCase(),
    traceparent.replace('00-', 'ff-'),
    `${traceparent}-more`,
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    ['a', 'b'],
  ])('that cannot be read starts a trace of its own: %s', (given) => {
    expect(spanOf({ traceparent: given })).toBeUndefined();
  });

  it('of a later version is read as far as it is known', () => {
    expect(spanOf({ traceparent: `${traceparent.replace('00-', 'cc-')}-what-comes` })?.spanId).toBe('00f067aa0ba902b7');
  });

  it('never fails on what a stranger sends', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 600 }), (given, state) => {
        spanOf({ traceparent: given, tracestate: state });
        spanOf({ traceparent, tracestate: state });
      }),
    );
  });

  it('makes no link where nothing was traced', () => {
    expect(linkTo(null)).toEqual([]);
    expect(linkTo('rubbish')).toEqual([]);
    expect(linkTo(traceparent)).toHaveLength(1);
  });
});
