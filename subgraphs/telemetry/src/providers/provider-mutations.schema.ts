import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import type { ProviderTestResult } from './provider-testing.service.ts';
import type { ProviderTestProgress } from './stream-test.ts';
import { type ProviderTestStep, providerTestSteps } from './test-provider.ts';

/** Adds `saveProvider`, `pauseProvider`, `resumeProvider`, `testProvider` and `providerTested`. */
export function addProviderMutations(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { provider } = refs;
  const input = saveProviderInput(builder, refs);
  const { result, progress } = testTypes(builder, refs);
  builder.mutationField('saveProvider', (t) =>
    t.field({
      type: provider,
      description:
        'Registers a provider that readings are pulled from or that sends them over MQTT, or changes one; a pulled one runs next at once.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'SaveProviderResult' } },
      args: { input: t.arg({ type: input, description: 'The provider.' }) },
      resolve: (_root, { input: given }, { services }) => services.providerSaving.save(given),
    }),
  );
  builder.mutationField('pauseProvider', (t) =>
    t.field({
      type: provider,
      description: 'Asks a provider for nothing more until it is resumed; what it holds meanwhile is fetched then.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, Conflict], union: { name: 'PauseProviderResult' } },
      args: { id: t.arg.id({ description: 'The provider.' }) },
      resolve: (_root, { id }, { services }) => services.providerSaving.setActive(id, false),
    }),
  );
  builder.mutationField('resumeProvider', (t) =>
    t.field({
      type: provider,
      description: 'Goes on pulling from a provider, at once and from where it was.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, Conflict], union: { name: 'ResumeProviderResult' } },
      args: { id: t.arg.id({ description: 'The provider.' }) },
      resolve: (_root, { id }, { services }) => services.providerSaving.setActive(id, true),
    }),
  );
  builder.subscriptionField('providerTested', (t) =>
    t.field({
      type: progress,
      description:
        'Asks a provider step by step, now, and tells of each answer as it comes. Stores no reading; ends after 45 s, or with who listens.',
      authScopes: { permission: 'telemetry:write' },
      args: { id: t.arg.id({ description: 'The provider, as it was saved.' }) },
      subscribe: (_root, { id }, { services }) => services.providerTesting.watch(id),
      resolve: (event) => event,
    }),
  );
  builder.mutationField('testProvider', (t) =>
    t.field({
      type: result,
      description:
        'Asks a provider step by step and tells what answered. Stores no reading; takes 25 s at most: `providerTested` waits longer and tells of each step.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, Conflict], union: { name: 'TestProviderResult' } },
      args: { id: t.arg.id({ description: 'The provider, as it was saved.' }) },
      resolve: (_root, { id }, { services }) => services.providerTesting.test(id),
    }),
  );
}

function testTypes(builder: TelemetryBuilder, { provider }: TelemetryRefs) {
  const name = builder.enumType('ProviderTestStepName', {
    description:
      'NAME: name resolution. SIGN_IN. DEVICES: its list names ours. READING: the newest of one channel. UNITS: it is in the unit that is expected. CLOCK: how far its clock is off.',
    values: providerTestSteps,
  });
  const outcome = builder.enumType('ProviderTestOutcome', {
    description: 'How a step went; SKIPPED: the protocol has no such thing, or nothing to judge by.',
    values: ['OK', 'FAILED', 'SKIPPED'] as const,
  });
  const step = builder.objectRef<ProviderTestStep>('ProviderTestStep').implement({
    description: 'One question to a provider and what came of it.',
    fields: (t) => ({
      step: t.expose('step', { type: name, description: 'What was asked.' }),
      outcome: t.expose('outcome', { type: outcome, description: 'How it went.' }),
      code: t.exposeString('code', {
        nullable: true,
        description: 'Stable code of the failure (`UNAUTHORISED`, `TIMEOUT`, …) or of why it was skipped.',
      }),
      message: t.exposeString('message', { description: 'What was answered, in English, without secrets.' }),
      durationMs: t.exposeInt('durationMs', { description: 'How long it took, ms.' }),
    }),
  });
  const result = builder.objectRef<ProviderTestResult>('ProviderTest').implement({
    description: 'What a provider answered when it was tested.',
    fields: (t) => ({
      provider: t.field({ type: provider, description: 'The provider.', resolve: (test) => test.provider }),
      isWell: t.exposeBoolean('isWell', { description: 'Whether no step failed.' }),
      steps: t.field({ type: [step], description: 'In the order asked.', resolve: (test) => [...test.steps] }),
    }),
  });
  const progress = builder.objectRef<ProviderTestProgress>('ProviderTestProgress').implement({
    description: 'How far the test of a provider is.',
    fields: (t) => ({
      steps: t.field({ type: [step], description: 'All that was asked so far.', resolve: ({ steps }) => [...steps] }),
      isDone: t.exposeBoolean('isDone', { description: 'Whether no other step comes.' }),
      isWell: t.exposeBoolean('isWell', {
        nullable: true,
        description: 'Whether no step failed; null until it is done.',
      }),
      refused: t.exposeString('refused', {
        nullable: true,
        description: 'Why nothing was asked: `NOT_FOUND`, or `NOT_PULLED` where readings come by themselves.',
      }),
    }),
  });
  return { result, progress };
}

function saveProviderInput(builder: TelemetryBuilder, { channelInput: channel, providerKind }: TelemetryRefs) {
  const secret = builder.inputType('ProviderSecretInput', {
    description: 'A secret under a name.',
    fields: (t) => ({
      name: t.string({ description: 'Id of the device whose token it is, or the name that templates use.' }),
      value: t.string({ required: false, description: 'The secret, kept encrypted and never shown; null removes it.' }),
    }),
  });
  const credentials = builder.inputType('ProviderCredentialsInput', {
    description: 'What opens the account. What is left out stays as it is, null removes it; never shown again.',
    fields: (t) => ({
      username: t.string({ required: false, description: 'User of the account.' }),
      password: t.string({ required: false, description: 'Its password.' }),
      apiKey: t.string({ required: false, description: 'Key that stands for user and password.' }),
      deviceTokens: t.field({ type: [secret], required: false, description: 'Tokens by device id.' }),
      secrets: t.field({ type: [secret], required: false, description: 'Secrets by name, for `HTTP_PULL`.' }),
    }),
  });
  const device = builder.inputType('ProviderDeviceInput', {
    description: 'A device of the account and the point it speaks for.',
    fields: (t) => ({
      deviceId: t.string({
        description:
          'Its id at the provider; not its token. `CHIRPSTACK`: the DevEUI; `SPARKPLUG`: `edge` or `edge/device`.',
      }),
      pointId: t.id({ description: 'The point, of the provider’s company.' }),
      description: t.string({ required: false, description: 'Note, 200 characters at most.' }),
      isActive: t.boolean({ required: false, description: 'Whether it is asked about.' }),
      channels: t.field({ type: [channel], description: 'All its channels: others are dropped.' }),
    }),
  });
  return builder.inputType('SaveProviderInput', {
    description: 'A provider, new or changed.',
    fields: (t) => ({
      id: t.id({ required: false, description: 'The provider to change; a new one if left out.' }),
      expectedUpdatedAt: t.field({
        type: 'DateTime',
        required: false,
        description: '`updatedAt` of the provider that was seen; refused as STALE if it is another now.',
      }),
      companyId: t.id({ required: false, description: 'Whose account it is; needed for a new one.' }),
      name: t.string({ description: 'Name, unique in the company, 120 characters at most.' }),
      kind: t.field({
        type: providerKind,
        description: 'Protocol: one that is pulled, or `MQTT`, `CHIRPSTACK` or `SPARKPLUG`.',
      }),
      connection: t.field({
        type: 'JSON',
        required: false,
        description:
          '`baseUrl`, and what differs from the kind’s preset; for `HTTP_PULL` a `description` of URL, headers, paging, paths and time; for `CHIRPSTACK` and `SPARKPLUG` the `scope`: application or group. No secrets.',
      }),
      credentials: t.field({
        type: credentials,
        required: false,
        description: 'Needed again when the address or the kind changes.',
      }),
      intervalSeconds: t.int({ required: false, description: 'Seconds between two runs, 60 to 86400; 300 if new.' }),
      isTesting: t.boolean({ required: false, description: 'On trial: asked, and nothing of its answers is kept.' }),
      devices: t.field({ type: [device], required: false, description: 'Devices to add or change; others stay.' }),
    }),
  });
}
