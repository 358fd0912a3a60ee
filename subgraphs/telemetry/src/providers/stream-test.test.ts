import { expect, it } from 'vitest';
import { streamTest } from './stream-test.ts';
import type { ProviderTestStep } from './test-provider.ts';

const step = (name: ProviderTestStep['step']): ProviderTestStep => ({
  ...{ step: name, outcome: 'OK', code: null, message: '', durationMs: 1 },
});
const done = { steps: [step('NAME')], isDone: true, isWell: true, refused: null };
const open = new AbortController().signal;

it('gives each step as it comes and the last word, then ends', async () => {
  const seen: number[] = [];
  const stream = streamTest(async (tell) => {
    tell([step('NAME')]);
    tell([step('NAME'), step('SIGN_IN')]);
    return { ...done, steps: [step('NAME'), step('SIGN_IN'), step('DEVICES')] };
  }, open);
  for await (const { steps } of stream) seen.push(steps.length);
  expect(seen).toEqual([1, 2, 3]);
});

it('begins nothing before it is looked at', async () => {
  let runs = 0;
  const stream = streamTest(async () => {
    runs += 1;
    return done;
  }, open);
  expect(runs).toBe(0);
  expect(await stream.next()).toEqual({ done: false, value: done });
  expect(runs).toBe(1);
});

it('lets go at once of a provider that does not answer when its reader leaves, and aborts the test', async () => {
  let aborted = false;
  const stream = streamTest(
    (_tell, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(new Error('left'));
        });
      }),
    open,
  );
  const waiting = stream.next();
  await stream.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(aborted).toBe(true);
});

it('ends with its request, though the test goes on', async () => {
  const ending = new AbortController();
  const stream = streamTest(() => new Promise(() => {}), ending.signal);
  const waiting = stream.next();
  ending.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

it('fails when the test does', async () => {
  const stream = streamTest(() => Promise.reject(new Error('no database')), open);
  await expect(stream.next()).rejects.toThrow('no database');
});
