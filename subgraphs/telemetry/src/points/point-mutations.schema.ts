import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';

/** Adds `createCatchmentPoint` and `updateCatchmentPoint`. */
export function addPointMutations(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { point, pointType, pointStatus, variable, channelInput } = refs;
  const variableInput = builder.inputType('PointVariableInput', {
    description: 'A quantity that the point measures, and its constants.',
    fields: (t) => ({
      variable: t.field({ type: variable, description: 'The quantity; each at most once.' }),
      channel: t.string({
        required: false,
        description: 'Its name in the device’s messages; `pulses`, `flow`, `level`, … if left out.',
      }),
      pulsesPerLiter: t.field({
        type: 'Decimal',
        required: false,
        description: 'Pulses in a litre. TOTAL only, and not together with `litersPerPulse`.',
      }),
      litersPerPulse: t.field({ type: 'Decimal', required: false, description: 'Litres of a pulse. TOTAL only.' }),
      calibrationFactor: t.field({
        type: 'Decimal',
        required: false,
        description: 'Factor on the reading; 1 if left out.',
      }),
      minValue: t.float({ required: false, description: 'Below it a value is suspect, in the unit of the quantity.' }),
      maxValue: t.float({ required: false, description: 'Above it a value is suspect, in the unit of the quantity.' }),
    }),
  });
  const deviceInput = builder.inputType('PointDeviceInput', {
    description: 'A device of a provider that speaks for a point.',
    fields: (t) => ({
      providerId: t.id({ description: 'The provider, of the point’s company.' }),
      deviceId: t.string({ description: 'Its id at the provider; `CHIRPSTACK`: the DevEUI.' }),
      description: t.string({ required: false, description: 'Note, 200 characters at most.' }),
      channels: t.field({ type: [channelInput], description: 'What it sends, 1 to 64.' }),
    }),
  });
  const deviceState = builder.inputType('PointDeviceStateInput', {
    description: 'Whether a device of the point is heard.',
    fields: (t) => ({
      id: t.id({ description: 'The device.' }),
      isActive: t.boolean({ description: 'Whether what it says is taken. What it said stays.' }),
    }),
  });
  const createInput = builder.inputType('CreateCatchmentPointInput', {
    description: 'A new point. Its device may send to `cauce/<code>/up` at once.',
    fields: (t) => ({
      code: t.string({ description: 'New, 2 to 40 letters, digits, dots, dashes and underscores.' }),
      name: t.string({ description: '2 to 120 characters.' }),
      type: t.field({ type: pointType, description: 'What water comes from.' }),
      siteId: t.id({ description: 'Where it is.' }),
      companyId: t.id({ description: 'Whose it is: the company of the site.' }),
      variables: t.field({ type: [variableInput], description: 'What it measures; at least one quantity.' }),
      devices: t.field({
        type: [deviceInput],
        required: false,
        description: 'Devices of providers that speak for it, 20 at most; beside its own on `cauce/<code>/up`.',
      }),
      samplingMinutes: t.int({ required: false, description: 'Minutes between readings, 1 to 1440; 60 if left out.' }),
      timeZone: t.string({ required: false, description: 'IANA zone; America/Santiago if left out.' }),
      ...describedFields(t, refs),
    }),
  });
  const updateInput = builder.inputType('UpdateCatchmentPointInput', {
    description: 'Changes to a point: what is left out stays, null empties.',
    fields: (t) => ({
      id: t.id({ description: 'The point.' }),
      expectedUpdatedAt: t.field({
        type: 'DateTime',
        required: false,
        description: '`updatedAt` of the point that was seen; the change is refused as STALE if it is another now.',
      }),
      name: t.string({ required: false, description: '2 to 120 characters.' }),
      type: t.field({ type: pointType, required: false, description: 'What water comes from.' }),
      status: t.field({ type: pointStatus, required: false, description: 'State that a person decides on.' }),
      samplingMinutes: t.int({ required: false, description: 'Minutes between readings, 1 to 1440.' }),
      timeZone: t.string({
        required: false,
        description: 'IANA zone. Refused as HAS_READINGS once something was measured: its days are cut in its zone.',
      }),
      newVariables: t.field({
        type: [variableInput],
        required: false,
        description:
          'Quantities that it measures from now on. What was sent of them before is measured as well, in the background. Constants of those it measures already are changed by `addVariableConstants`.',
      }),
      newDevices: t.field({
        type: [deviceInput],
        required: false,
        description: 'Devices of providers that speak for it from now on.',
      }),
      deviceStates: t.field({
        type: [deviceState],
        required: false,
        description: 'Devices to hear, or not to hear any more.',
      }),
      ...describedFields(t, refs),
    }),
  });

  builder.mutationField('createCatchmentPoint', (t) =>
    t.field({
      type: point,
      description: 'Registers a point with its constants and the device that speaks for it.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'CreateCatchmentPointResult' } },
      args: { input: t.arg({ type: createInput, description: 'The point.' }) },
      resolve: (_root, { input }, { services }) => services.pointWriting.create(input),
    }),
  );
  builder.mutationField('updateCatchmentPoint', (t) =>
    t.field({
      type: point,
      description: 'Changes a point, if it is still the one that was seen.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'UpdateCatchmentPointResult' } },
      args: { input: t.arg({ type: updateInput, description: 'The changes.' }) },
      resolve: (_root, { input }, { services }) => services.pointWriting.update(input),
    }),
  );
}

type InputFields = Parameters<Parameters<TelemetryBuilder['inputType']>[1]['fields']>[0];

function describedFields(t: InputFields, { waterSource, standard }: TelemetryRefs) {
  const measured = (description: string) => t.float({ required: false, description });
  const amount = (description: string) => t.field({ type: 'Decimal', required: false, description });
  return {
    sourceKind: t.field({
      type: waterSource,
      required: false,
      description: 'Ground or surface; by its type if left out.',
    }),
    latitude: measured('Degrees north, WGS 84.'),
    longitude: measured('Degrees east, WGS 84.'),
    altitudeM: measured('Height above sea level, m.'),
    wellDepthM: measured('Depth of the well, m.'),
    sensorDepthM: measured('Depth of the level sensor, m; not deeper than the well.'),
    standard: t.field({ type: standard, required: false, description: 'Size class at the regulator.' }),
    waterRightFlowLps: amount('Flow that the water right grants, l/s.'),
    waterRightYearlyM3: amount('Volume that the water right grants a year, m3.'),
    meterDigits: t.int({
      required: false,
      description:
        'Digits of the meter’s counter, 1 to 15. Another number makes what was counted again, in the background.',
    }),
  };
}
