import { rolePermissions } from '@cauce/shared/auth/permissions';
import { systemViewer } from '@cauce/shared/auth/viewer';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { assistantWorld } from './test-support/assistant-world.ts';

const db = await testDatabase();
const world = await assistantWorld(db);
const ana = testViewer({ role: 'ANALYST' });
const eva = testViewer({ role: 'ANALYST' });
const anaId = String(ana.userId);
const evaId = String(eva.userId);
const anaThread = await world.addThread(anaId, 'De Ana');
const evaThread = await world.addThread(evaId, 'De Eva');
const anaAnswer = await world.addAnswer(anaThread, anaId, '¿Cuánto se produjo?');
const evaAnswer = await world.addAnswer(evaThread, evaId, '¿Cuánto se vendió?');

const query = `query ($thread: ID!, $answer: ID!, $user: ID!) {
  threads { totalCount edges { node { id answers { totalCount edges { node { id question } } } } } }
  thread(id: $thread) { id title }
  answer(id: $answer) { id question }
  _entities(representations: [
    { __typename: "User", id: $user }, { __typename: "Thread", id: $thread }, { __typename: "Answer", id: $answer }
  ]) {
    ... on User { threads { totalCount } }
    ... on Thread { title }
    ... on Answer { question }
  }
}`;

describe('threads and answers', () => {
  it('belong to who asked, and are not there for anybody else, not even for an administrator', async () => {
    for (const viewer of [eva, testAdmin(), systemViewer('job', rolePermissions.ADMIN)]) {
      const seen = await world.get(query, viewer, { thread: anaThread, answer: anaAnswer, user: anaId });
      expect(seen).toMatchObject({ thread: null, answer: null, _entities: [{ threads: null }, null, null] });
      expect(JSON.stringify(seen)).not.toContain('¿Cuánto se produjo?');
      expect(JSON.stringify(seen)).not.toContain('De Ana');
    }
    const own = await world.get(query, ana, { thread: anaThread, answer: anaAnswer, user: anaId });
    expect(own).toMatchObject({
      threads: { totalCount: 1, edges: [{ node: { id: anaThread, answers: { totalCount: 1 } } }] },
      thread: { title: 'De Ana' },
      answer: { question: '¿Cuánto se produjo?' },
      _entities: [{ threads: { totalCount: 1 } }, { title: 'De Ana' }, { question: '¿Cuánto se produjo?' }],
    });
  });

  it('are not found through a thread that is somebody else’s', async () => {
    const strayed = await world.addAnswer(anaThread, evaId, 'Extraviada');
    expect(await world.get('query ($id: ID!) { answer(id: $id) { id } }', eva, { id: strayed })).toEqual({
      answer: null,
    });
    const { thread } = await world.get(
      'query ($id: ID!) { thread(id: $id) { answers { totalCount edges { node { id } } } } }',
      ana,
      { id: anaThread },
    );
    expect(thread).toMatchObject({ answers: { totalCount: 1, edges: [{ node: { id: anaAnswer } }] } });
    expect(await world.get('query ($id: ID!) { answer(id: $id) { id } }', eva, { id: evaAnswer })).toEqual({
      answer: { id: evaAnswer },
    });
  });

  it('need the permission to ask', async () => {
    const { errors } = await world.ask('{ threads { totalCount } }', testViewer({ role: 'VIEWER' }));
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});

describe('the dictionary', () => {
  it('shows nobody a dataset, metric or example that their permissions do not open', async () => {
    const onlyClinics = { ...ana, permissions: ['ai-query:execute', 'clinics:read'] as const };
    const { datasets, metrics, assistantExamples } = await world.get(
      '{ datasets { name owner metrics { name } } metrics { name owner datasets { name } } assistantExamples { id } }',
      onlyClinics,
    );
    const owners = (list: unknown) => [...new Set((list as { owner: string }[]).map(({ owner }) => owner))].sort();
    expect(owners(datasets)).toEqual(['ACCESS', 'CLINICS']);
    expect(owners(metrics)).toEqual(['CLINICS']);
    expect(assistantExamples).toEqual([{ id: 'open-slots' }]);
  });
});
