import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import { askSubgraph, type SubgraphQuestions, type Variables } from '@cauce/shared/test/ask-subgraph';
import { type TestWorld, testDeps } from '@cauce/shared/test/test-deps';
import { createClinicsSubgraph } from '../subgraph.ts';
import { type Agenda, addAgenda } from './agenda.ts';

export interface ClinicsWorld extends TestWorld, SubgraphQuestions {
  /** The answer of a mutation with one input. */
  mutate(name: string, input: Variables, viewer: Viewer): Promise<Record<string, unknown>>;
  addAgenda(options?: Parameters<typeof addAgenda>[1]): Promise<Agenda>;
}

const selections: Readonly<Record<string, string>> = {
  holdSlot: '... on SlotHold { token heldUntil slot { id status } }',
  releaseHold: '... on Slot { id status }',
  registerPatient: '... on Patient { id name initials documentNumber phone birthDate }',
};
const appointment = '... on Appointment { id status version startAt confirmedAt rescheduledFrom { id status } }';
const failures = '... on Failure { reason }';

/** The clinics subgraph on a database of its own, asked the way the gateway asks it. */
export async function clinicsWorld(db: Database, options: { readonly clock?: Clock } = {}): Promise<ClinicsWorld> {
  const world = await testDeps(db, options);
  const questions = askSubgraph(createClinicsSubgraph(world.deps), db);

  return {
    ...world,
    ...questions,
    async mutate(name, input, viewer) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const selection = `__typename ${selections[name] ?? appointment} ${failures}`;
      const operation = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`;
      return Object((await questions.get(operation, viewer, { input }))[name]);
    },
    addAgenda: (given) => addAgenda(db, given),
  };
}
