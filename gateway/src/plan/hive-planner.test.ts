import { kill } from 'node:process';
import { eventually } from '@cauce/shared/test/eventually';
import { afterEach, describe, expect, it } from 'vitest';
import { createHive, type HiveForTests } from '../execute/test/hive-graph.ts';
import { createScope } from '../execute/test/shop-gateway.ts';
import { createSmallGateway } from '../execute/test/small-gateway.ts';
import type { IsolatedPlannerOptions } from './isolated-planner.ts';

const started: HiveForTests[] = [];
afterEach(async () => {
  for (const { isolated } of started.splice(0)) await isolated.stop();
});

/** What a thing's label takes to compute is two keys away, which makes Hive's planner abort its process. */
function gateway(options: Partial<IsolatedPlannerOptions> = {}) {
  const hive = createHive(options);
  started.push(hive);
  const things = { __resolveReference: (reference: object) => ({ id: '1', code: 'c1', width: 7, ...reference }) };
  const { ask, executor } = createSmallGateway(
    {
      one: {
        sdl: 'type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! size: Int grid: [[Thing]] }',
        resolvers: { Query: { thing: () => ({ id: '1', size: 3, grid: [[{ id: '2' }], [null]] }) } },
      },
      two: {
        sdl: `type Thing @key(fields: "id") @key(fields: "code") { id: ID! code: ID! @shareable name: String
          width: Int @external label: String @requires(fields: "width") }`,
        resolvers: {
          Thing: {
            ...things,
            name: ({ id }: { id: string }) => `thing ${id}`,
            label: ({ width }: { width: number }) => `${width} wide`,
          },
        },
      },
      three: {
        sdl: 'type Thing @key(fields: "code") { code: ID! @shareable width: Int }',
        resolvers: { Thing: things },
      },
    },
    { createPlanner: hive.createPlanner },
  );
  const pid = () => {
    const { pid: now } = hive.isolated;
    // No pid must never become 0, which is everybody.
    if (now === undefined) throw new Error('There is no process');
    return now;
  };
  return { ...hive, ask, executor, pid };
}

describe("Hive's planner", () => {
  it('plans in a process of its own', async () => {
    const { ask, how, isolated } = gateway();
    await isolated.checked;
    expect(await ask('{ thing { size name grid { name } } }')).toEqual({
      data: { thing: { size: 3, name: 'thing 1', grid: [[{ name: 'thing 2' }], [null]] } },
    });
    expect(how).toEqual(['hive']);
  });

  it('may abort its process over an operation: that one is answered, never asked again, and others are planned', async () => {
    let ends = 0;
    const { ask, how } = gateway({ ended: () => (ends += 1) });
    const fatal = '{ thing { label } }';
    expect(await ask(fatal)).toEqual({ data: { thing: { label: '7 wide' } } });
    // Under another name it is another operation for the cache of plans, and the same for the planner.
    expect(await ask(`${fatal} # again`)).toEqual({ data: { thing: { label: '7 wide' } } });
    expect(await ask('{ thing { name } }')).toEqual({ data: { thing: { name: 'thing 1' } } });
    expect(how).toEqual(['crash', 'poison', 'hive']);
    expect(ends).toBe(1);
  });

  it('is killed in the middle of a plan, and the operation is answered', async () => {
    const { ask, how, pid } = gateway();
    await ask('{ thing { size } }');
    const killed = pid();
    kill(killed, 'SIGSTOP');
    const answer = ask('{ thing { name } }');
    kill(killed, 'SIGKILL');
    expect(await answer).toEqual({ data: { thing: { name: 'thing 1' } } });
    expect(await ask('{ thing { size name } }')).toEqual({ data: { thing: { size: 3, name: 'thing 1' } } });
    expect(how).toEqual(['hive', 'crash', 'hive']);
    expect(pid()).not.toBe(killed);
  });

  it('is ended when it keeps an operation waiting, which is answered within the deadline and never asked again', async () => {
    const { ask, how, isolated, pid } = gateway({ limits: { deadlineMs: 150 } });
    await isolated.checked;
    expect(await ask('{ thing { size } }')).toEqual({ data: { thing: { size: 3 } } });
    const slow = pid();
    kill(slow, 'SIGSTOP');
    const startedAt = performance.now();
    expect(await ask('{ thing { name } }')).toEqual({ data: { thing: { name: 'thing 1' } } });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await eventually(async () => isolated.pid !== undefined && isolated.pid !== slow);
    expect(await ask('{ thing { name } } # again')).toEqual({ data: { thing: { name: 'thing 1' } } });
    expect(how).toEqual(['hive', 'timeout', 'poison']);
  });

  it('has a bounded queue: what finds it full, or waits too long in it, is answered all the same', async () => {
    const { ask, how, isolated, pid } = gateway({ limits: { deadlineMs: 400, maxWaitMs: 100, maxWaiting: 2 } });
    await isolated.checked;
    await ask('{ thing { size } }');
    kill(pid(), 'SIGSTOP');
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((alias) => ask(`{ thing { ${alias}: name grid { ${alias}: name } } }`)),
    );
    // Aliases are ours to restore, so these are one operation to the planner; the graph is asked for each.
    for (const { data } of answers) expect(JSON.stringify(data)).toContain('thing 2');
    expect(how.filter((one) => one === 'busy')).toHaveLength(4);
  });

  it('waits for the process to come back before it is asked anything, when that has ended often', async () => {
    const { ask, how } = gateway({ limits: { restartMs: () => 60_000 } });
    await ask('{ thing { label } }');
    expect(await ask('{ thing { name } }')).toEqual({ data: { thing: { name: 'thing 1' } } });
    expect(how).toEqual(['crash', 'down']);
  });

  it('is done without where its package cannot be loaded, and that is said once', async () => {
    const { ask, how, isolated } = gateway({ env: { NAPI_RS_NATIVE_LIBRARY_PATH: '/nowhere.node' } });
    await isolated.checked;
    expect(await ask('{ thing { name } }')).toEqual({ data: { thing: { name: 'thing 1' } } });
    expect(how).toEqual(['missing']);
  });

  it('plans no parts that come later: those are planned by the other', async () => {
    const { executor, how } = gateway();
    const source = '{ thing { size ... @defer { name } } }';
    const answer = await executor.executeIncrementally({ source, scope: createScope() });
    expect(answer).toMatchObject({ initial: { data: { thing: { size: 3 } } } });
    expect(how).toEqual(['unsupported']);
  });
});
