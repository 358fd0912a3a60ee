import { Conflict, NotFound, ValidationFailed } from '../errors/outcomes.ts';
import type { CauceBuilder } from './builder.ts';

/** Registers `Failure` and the three failures that any mutation may answer with. Shared by all subgraphs. */
export function addOutcomeTypes<Services>(builder: CauceBuilder<Services>): void {
  const failure = builder.interfaceRef<{ reason: string; message: string }>('Failure').implement({
    description: 'An expected failure, answered as data. `reason` is stable; `message` is English, for developers.',
    fields: (t) => ({
      reason: t.exposeString('reason', { description: 'Stable code inside the type, worded by the client.' }),
      message: t.exposeString('message', { description: 'What happened, in English.' }),
    }),
  });
  const fieldFailure = builder.objectRef<{ path: string; code: string; message: string }>('FieldFailure').implement({
    shareable: true,
    description: 'One input field that breaks a rule.',
    fields: (t) => ({
      path: t.exposeString('path', { description: 'The field, with dots into nested inputs: `schedule.from`.' }),
      code: t.exposeString('code', { description: 'The rule it breaks: `TOO_SMALL`, `INVALID_FORMAT`.' }),
      message: t.exposeString('message', { description: 'The rule in English.' }),
    }),
  });
  builder.objectType(NotFound, {
    name: 'NotFound',
    shareable: true,
    interfaces: [failure],
    description: 'The thing does not exist, or the viewer may not know that it does.',
    fields: (t) => ({ entity: t.exposeString('entity', { description: 'The type that was looked for.' }) }),
  });
  builder.objectType(Conflict, {
    name: 'Conflict',
    shareable: true,
    interfaces: [failure],
    description: 'Well-formed, and not possible now: a duplicate, a stale version, something still in use.',
  });
  builder.objectType(ValidationFailed, {
    name: 'ValidationFailed',
    shareable: true,
    interfaces: [failure],
    description: 'The input breaks rules, listed field by field.',
    fields: (t) => ({
      fields: t.field({
        type: [fieldFailure],
        description: 'Every field that is wrong.',
        resolve: (error) => [...error.fields],
      }),
    }),
  });
}
