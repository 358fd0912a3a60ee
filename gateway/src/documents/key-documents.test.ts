import type { DomainEvent } from '@cauce/shared/events/domain-event';
import type { EventWatcher } from '@cauce/shared/events/event-bus';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyDocuments } from './key-documents.ts';
import type { DocumentManifest } from './manifest.ts';

/** Keys whose documents are counted up by each change, and reads that are answered when the test says. */
function createWorld() {
  const watchers: EventWatcher[] = [];
  const standing = new Map<string, number>();
  const reads: (() => void)[] = [];
  const documents = createKeyDocuments({
    bus: {
      watch: (watcher) => {
        watchers.push(watcher);
        return () => {};
      },
    },
    load: (keyId) => {
      const manifest: DocumentManifest = new Map([['count', String(standing.get(keyId) ?? 0)]]);
      return new Promise((resolve) => reads.push(() => resolve(manifest)));
    },
  });
  const event = (key: string): DomainEvent => ({
    ...{ id: '1', topic: 'access.apiKeyDocumentsChanged', key, occurredAt: '2026-11-20T12:00:00.000Z' },
    ...{ companyId: null, siteId: null, payload: { keyId: key } },
  });
  return {
    documents,
    reads,
    standing,
    change(key: string) {
      standing.set(key, (standing.get(key) ?? 0) + 1);
      for (const watcher of watchers) watcher.event(event(key));
    },
    gap: () => {
      for (const watcher of watchers) watcher.gap();
    },
    finishAll: () => {
      for (const finish of reads.splice(0)) finish();
    },
  };
}

describe('what keys have registered', () => {
  it('is read once for many who ask, and again after a change', async () => {
    const { documents, reads, change, finishAll } = createWorld();
    const asked = [documents.of('a'), documents.of('a')];
    expect(reads).toHaveLength(1);
    finishAll();
    await Promise.all(asked);
    await documents.of('a');
    expect(reads).toHaveLength(0);
    change('a');
    const again = documents.of('a');
    expect(reads).toHaveLength(1);
    finishAll();
    expect((await again).get('count')).toBe('1');
  });

  it('is never older than the last change that was heard of when it was asked for', async () => {
    const step = fc.tuple(fc.constantFrom('ask', 'change', 'finish', 'gap'), fc.constantFrom('a', 'b'));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { documents, standing, change, gap, finishAll } = createWorld();
        const answers: Promise<void>[] = [];
        for (const [what, key] of steps) {
          if (what === 'change') change(key);
          if (what === 'gap') gap();
          if (what === 'finish') {
            finishAll();
            await new Promise(setImmediate);
          }
          if (what !== 'ask') continue;
          const atLeast = standing.get(key) ?? 0;
          answers.push(
            documents.of(key).then((found) => expect(Number(found.get('count'))).toBeGreaterThanOrEqual(atLeast)),
          );
        }
        while (answers.length > 0) {
          finishAll();
          await new Promise(setImmediate);
          await answers.pop();
        }
      }),
    );
  });

  it('is not made up when it cannot be read', async () => {
    let isDown = true;
    const documents = createKeyDocuments({
      bus: { watch: () => () => {} },
      load: async () => {
        if (isDown) throw new Error('down');
        return new Map([['h', 'text']]);
      },
    });
    await expect(documents.of('a')).rejects.toThrow('down');
    isDown = false;
    expect((await documents.of('a')).get('h')).toBe('text');
  });
});
