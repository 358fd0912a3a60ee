import { describe, expect, it } from 'vitest';
import { createSession, type RefreshAnswer, type SessionDeps, type SessionMessage } from './session.ts';

/** One browser: a lock and a channel shared by its tabs, and a server that rotates refresh tokens. */
function browser(answers: () => RefreshAnswer | Promise<RefreshAnswer>) {
  const clock = { nowMs: 1_000_000 };
  const tabs = new Set<(message: SessionMessage) => void>();
  let queue: Promise<void> = Promise.resolve();
  const count = { refreshes: 0, atOnce: 0, mostAtOnce: 0, signOuts: 0 };
  const openTab = () => {
    let own: ((message: SessionMessage) => void) | null = null;
    const deps: SessionDeps = {
      refresh: async () => {
        count.refreshes++;
        count.mostAtOnce = Math.max(count.mostAtOnce, ++count.atOnce);
        const answer = await answers();
        await new Promise((resolve) => setTimeout(resolve, 2));
        count.atOnce--;
        return answer;
      },
      signOut: async () => {
        count.signOuts++;
      },
      exclusively: (task) => {
        queue = queue.then(task);
        return queue;
      },
      channel: {
        post: (message) => {
          for (const tab of tabs) if (tab !== own) tab(message);
        },
        listen: (listener) => {
          own = listener;
          tabs.add(listener);
          return () => tabs.delete(listener);
        },
      },
      now: () => clock.nowMs,
    };
    return createSession(deps);
  };
  return { openTab, clock, count };
}

const granted = (accessToken: string): RefreshAnswer => ({ kind: 'granted', accessToken, expiresInMs: 900_000 });

describe('a session', () => {
  it('asks once, however many callers need a token at the same time', async () => {
    const { openTab, count } = browser(() => granted('a'));
    const tab = openTab();
    const tokens = await Promise.all([tab.token(), tab.token(), tab.token()]);
    expect(tokens).toEqual(['a', 'a', 'a']);
    expect(count.refreshes).toBe(1);
  });

  it('shares one refresh between tabs that run out together', async () => {
    let issued = 0;
    const { openTab, clock, count } = browser(() => granted(`t${++issued}`));
    const [one, two, three] = [openTab(), openTab(), openTab()];
    await one.token();
    expect(two.currentToken()).toBe('t1');
    clock.nowMs += 890_000;
    const tokens = await Promise.all([one.token(), two.token(), three.token()]);
    expect(tokens).toEqual(['t2', 't2', 't2']);
    expect(count).toMatchObject({ refreshes: 2, mostAtOnce: 1 });
  });

  it('replaces a token shortly before its end, not after', async () => {
    let issued = 0;
    const { openTab, clock } = browser(() => granted(`t${++issued}`));
    const tab = openTab();
    await tab.token();
    clock.nowMs += 869_000;
    expect(await tab.token()).toBe('t1');
    clock.nowMs += 2_000;
    expect(await tab.token()).toBe('t2');
  });

  it('stays signed in when the graph cannot be reached, and recovers', async () => {
    let answer: RefreshAnswer = { kind: 'unreachable' };
    const { openTab } = browser(() => answer);
    const tab = openTab();
    expect(await tab.token()).toBeNull();
    expect(tab.status()).toBe('unreachable');
    answer = granted('back');
    expect(await tab.token()).toBe('back');
    expect(tab.status()).toBe('active');
  });

  it('keeps a token that is still good when a refresh fails', async () => {
    let answer: RefreshAnswer = granted('a');
    const { openTab } = browser(() => answer);
    const tab = openTab();
    await tab.token();
    answer = { kind: 'unreachable' };
    expect(await tab.refresh()).toBe(true);
    expect(tab.currentToken()).toBe('a');
  });

  it('ends in every tab when the server ended it, and does not ask again', async () => {
    let answer: RefreshAnswer = granted('a');
    const { openTab, count } = browser(() => answer);
    const [one, two] = [openTab(), openTab()];
    await one.token();
    answer = { kind: 'ended' };
    expect(await one.refresh()).toBe(false);
    expect(two.status()).toBe('ended');
    expect(two.currentToken()).toBeNull();
    expect(await two.token()).toBeNull();
    expect(count.refreshes).toBe(2);
  });

  it('signs out of every tab at once and tells who watches', async () => {
    const { openTab, count } = browser(() => granted('a'));
    const [one, two] = [openTab(), openTab()];
    await one.token();
    let told = 0;
    two.subscribe(() => told++);
    await one.signOut();
    expect(two.status()).toBe('ended');
    expect(told).toBe(1);
    expect(count.signOuts).toBe(1);
  });
});
