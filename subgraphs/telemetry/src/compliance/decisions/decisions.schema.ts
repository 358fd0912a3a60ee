import type { ComplianceSource } from '@cauce/prisma/client';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { redact } from '@cauce/shared/log/redact';
import { byRights } from '@cauce/shared/schema/by-rights';
import type { TelemetryRefs } from '../../refs.ts';
import type { TelemetryBuilder } from '../../services.ts';
import { submissionDecisions } from './decisions.service.ts';
import type { SlotPreview } from './preview-slot.ts';
import { complianceModes } from './registration.ts';

const authScopes = { permission: 'compliance:submit' } as const;
const types = [NotFound, Conflict, ValidationFailed];

/** Adds what people decide: registrations and their modes, `submitCompliance`, `resolveSubmission`, and the ledger live. */
export function addDecisions(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  addRegistrations(builder, refs);
  addSlotDecisions(builder, refs);
  builder.subscriptionField('complianceSubmissionChanged', (t) =>
    t.field({
      type: refs.submission,
      tag: byRights,
      authScopes: { permission: 'telemetry:read' },
      description: 'Slots of the ledger as their states change.',
      args: {
        pointIds: t.arg.idList({ required: false, description: 'Only these points; all within reach if left out.' }),
      },
      subscribe: (_root, { pointIds }, { services }) => services.live.complianceSubmissionChanged(pointIds ?? null),
      resolve: (event) => event,
    }),
  );
}

function addSlotDecisions(builder: TelemetryBuilder, { submission }: TelemetryRefs): void {
  const decision = builder.enumType('SubmissionDecision', {
    description:
      'ACCEPTED: the regulator has it, under this voucher. SEND_AGAIN: once its rule allows. DISMISSED: nothing more is sent. TAKEN_BACK: the voucher that a person typed is not the regulator’s; it waits for a decision again.',
    values: submissionDecisions,
  });
  const preview = builder.objectRef<SlotPreview>('SubmissionPreview').implement({
    description: 'What would be sent for a slot by the readings of this moment.',
    fields: (t) => ({
      values: t.expose('values', {
        type: 'JSON',
        nullable: true,
        description: 'The values, text as on the wire; null when there is nothing to send.',
      }),
      reason: t.exposeString('reason', { nullable: true, description: 'Why there is nothing to send.' }),
    }),
  });
  builder.queryField('submissionPreview', (t) =>
    t.field({
      ...{ type: preview, authScopes },
      nullable: true,
      description: 'What `submitCompliance` would send now, before anything is sent; null for a slot out of reach.',
      args: { submissionId: t.arg.id({ description: 'The slot.' }) },
      resolve: (_root, { submissionId }, { services }) => services.decisions.preview(submissionId),
    }),
  );
  const submit = builder.inputType('SubmitComplianceInput', {
    description: 'A slot to send now.',
    fields: (t) => ({ submissionId: t.id({ description: 'The slot.' }) }),
  });
  builder.mutationField('submitCompliance', (t) =>
    t.field({
      ...{ type: submission, authScopes },
      description:
        'Sends a slot that was never sent: one that was skipped, kept in the shadow, or waits for its minute.',
      errors: { types, union: { name: 'SubmitComplianceResult' } },
      args: { input: t.arg({ type: submit, description: 'Which slot.' }) },
      resolve: (_root, { input }, { services }) => services.decisions.submit(input),
    }),
  );
  const resolve = builder.inputType('ResolveSubmissionInput', {
    description: 'What a person decides about a slot.',
    fields: (t) => ({
      submissionId: t.id({ description: 'The slot.' }),
      decision: t.field({ type: decision, description: 'What is to become of it.' }),
      voucher: t.string({ required: false, description: 'The regulator’s proof of receipt; needed for ACCEPTED.' }),
      reason: t.string({ description: 'Why, 3 to 500 characters; kept with who decided.' }),
    }),
  });
  builder.mutationField('resolveSubmission', (t) =>
    t.field({
      ...{ type: submission, authScopes },
      description:
        'Settles a slot that waits for a person, or for a point that is not reported. What the regulator has is never sent again.',
      errors: { types, union: { name: 'ResolveSubmissionResult' } },
      args: { input: t.arg({ type: resolve, description: 'The decision.' }) },
      resolve: (_root, { input }, { services }) => services.decisions.resolve(input),
    }),
  );
}

function addRegistrations(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const registration = registrationType(builder, refs);
  builder.queryField('complianceRegistrations', (t) =>
    t.field({
      type: [registration],
      authScopes: { permission: 'telemetry:read' },
      description: 'What a point is registered as at regulators; none for one out of reach.',
      args: { pointId: t.arg.id({ description: 'The point.' }) },
      resolve: async (_root, { pointId }, { services }) => [...(await services.registrationsOf(pointId))],
    }),
  );
  const source = builder.objectRef<ComplianceSource>('ComplianceSource').implement({
    description: 'A regulator that points can be registered at.',
    fields: (t) => ({
      code: t.exposeString('code', { description: '`DGA`, `SMA`, `IGAM`.' }),
      name: t.exposeString('name', { description: 'Its name.' }),
    }),
  });
  builder.queryField('complianceSources', (t) =>
    t.field({
      type: [source],
      authScopes: { permission: 'telemetry:read' },
      description: 'The regulators that points can be registered at, by code.',
      resolve: async (_root, _args, { services }) => [...(await services.registrations.sources())],
    }),
  );
  builder.objectField(refs.point, 'complianceRegistrations', (t) =>
    t.field({
      type: [registration],
      description: 'What it is registered as at regulators.',
      resolve: async ({ id }, _args, { services }) => [...(await services.registrationsOf(id))],
    }),
  );
  builder.objectField(refs.submission, 'registration', (t) =>
    t.field({
      type: registration,
      nullable: true,
      description: 'What it is owed by; null once that is gone.',
      resolve: async ({ pointId, configId }, _args, { services }) =>
        (await services.registrationsOf(pointId)).find(({ id }) => id === configId) ?? null,
    }),
  );
  const input = builder.inputType('SaveComplianceRegistrationInput', {
    description: 'A point at a regulator, new or changed.',
    fields: (t) => ({
      pointId: t.id({ description: 'The point.' }),
      sourceCode: t.string({ description: 'The regulator: `DGA`, `SMA`, `IGAM`.' }),
      identifiers: t.field({ type: 'JSON', description: 'As the regulator issued them: `codigoObra`; `ufId`, …' }),
      config: t.field({
        type: 'JSON',
        required: false,
        description: 'What is reported: `extraction`, `parametros`, …',
      }),
      credentials: t.field({
        type: 'JSON',
        required: false,
        description: 'Kept encrypted and never shown; those that are kept stay if left out.',
      }),
      maximumAttempts: t.int({ required: false, description: 'Attempts at a slot, 1 to 30.' }),
    }),
  });
  builder.mutationField('saveComplianceRegistration', (t) =>
    t.field({
      ...{ type: registration, authScopes },
      description: 'Registers a point at a regulator, or changes how. A live one goes back to the shadow.',
      errors: { types, union: { name: 'SaveComplianceRegistrationResult' } },
      args: { input: t.arg({ type: input, description: 'The registration.' }) },
      resolve: (_root, { input: given }, { services }) => services.registrations.save(given),
    }),
  );
  const mode = builder.enumType('QuietComplianceMode', {
    description: 'OFF: nothing is owed. SHADOW: everything but the sending.',
    values: ['OFF', 'SHADOW'] as const,
  });
  builder.mutationField('quietCompliance', (t) =>
    t.field({
      ...{ type: registration, authScopes },
      description:
        'Sends nothing more for a point. OFF also dismisses what it still had to send; what was called already waits for a person.',
      errors: { types, union: { name: 'QuietComplianceResult' } },
      args: {
        registrationId: t.arg.id({ description: 'The registration.' }),
        mode: t.arg({ type: mode, description: 'What goes on all the same.' }),
      },
      resolve: (_root, { registrationId, mode: to }, { services }) => services.registrations.quiet(registrationId, to),
    }),
  );
  const steps = { requestLiveCompliance: 'requestLive', approveLiveCompliance: 'approveLive' } as const;
  for (const [name, step] of Object.entries(steps)) {
    builder.mutationField(name, (t) =>
      t.field({
        ...{ type: registration, authScopes },
        description:
          step === 'requestLive'
            ? 'Asks for a point to be reported for real; a second person has to approve.'
            : 'Lets a point be reported for real that another person asked for.',
        errors: { types, union: { name: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Result` } },
        args: { registrationId: t.arg.id({ description: 'The registration.' }) },
        resolve: (_root, { registrationId }, { services }) => services.registrations[step](registrationId),
      }),
    );
  }
}

function registrationType(builder: TelemetryBuilder, { point, user, registration }: TelemetryRefs) {
  const mode = builder.enumType('ComplianceMode', {
    description: 'OFF: nothing is owed. SHADOW: everything but the sending. LIVE: reported, by the word of two people.',
    values: complianceModes,
  });
  const person = (id: string | null) => (id === null ? null : { id });
  return registration.implement({
    description: 'What a point is registered as at a regulator.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      point: t.field({
        type: point,
        nullable: true,
        description: 'The point.',
        resolve: ({ pointId }, _args, { services }) => services.points.byId(pointId),
      }),
      sourceCode: t.string({ description: 'The regulator: `DGA`, `SMA`.', resolve: ({ source }) => source.code }),
      timeZone: t.string({
        description: 'IANA zone that the regulator counts in.',
        resolve: ({ source }) => source.timeZone,
      }),
      mode: t.expose('mode', { type: mode, description: 'Whether it is reported.' }),
      identifiers: t.field({
        type: 'JSON',
        description: 'As the regulator issued them.',
        resolve: ({ identifiers }) => redact(identifiers),
      }),
      config: t.field({ type: 'JSON', description: 'What is reported.', resolve: ({ config }) => redact(config) }),
      hasCredentials: t.exposeBoolean('hasCredentials', { description: 'Whether credentials are kept.' }),
      maximumAttempts: t.exposeInt('maximumAttempts', { description: 'Attempts at a slot.' }),
      startsAt: t.expose('startsAt', { type: 'DateTime', description: 'Slots are owed from then on.' }),
      liveRequestedBy: t.field({
        type: user,
        nullable: true,
        description: 'Who asked for it to be reported.',
        resolve: ({ liveRequestedBy }) => person(liveRequestedBy),
      }),
      liveRequestedAt: t.expose('liveRequestedAt', { type: 'DateTime', nullable: true, description: 'When they did.' }),
      liveApprovedBy: t.field({
        type: user,
        nullable: true,
        description: 'Who approved.',
        resolve: ({ liveApprovedBy }) => person(liveApprovedBy),
      }),
      liveApprovedAt: t.expose('liveApprovedAt', { type: 'DateTime', nullable: true, description: 'When they did.' }),
      stoppedAt: t.expose('stoppedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the regulator said that no call can succeed.',
      }),
      stoppedReason: t.exposeString('stoppedReason', { nullable: true, description: 'What it said.' }),
    }),
  });
}
