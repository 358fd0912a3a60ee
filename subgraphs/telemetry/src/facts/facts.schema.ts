import type { MeterChange } from '@cauce/prisma/client';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { byRights } from '@cauce/shared/schema/by-rights';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';

/** Adds the dated facts of a point: the history of its constants, its meters, and the mutations that record them. */
export function addFacts(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { point, constants, reprocessRun } = refs;
  const meterChange = builder.objectRef<MeterChange>('MeterChange').implement({
    tag: byRights,
    description: 'From an instant on another meter counts at the point.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      changedAt: t.expose('changedAt', { type: 'DateTime', description: 'When it was put in.' }),
      finalM3: t.expose('finalM3', {
        type: 'Decimal',
        nullable: true,
        description: 'Where the meter that was taken away stood, m3; null when nobody wrote it down.',
      }),
      initialM3: t.expose('initialM3', { type: 'Decimal', description: 'Where the new one stood, m3.' }),
      meterDigits: t.exposeInt('meterDigits', { nullable: true, description: 'Digits of the new one’s counter.' }),
      serial: t.exposeString('serial', { nullable: true, description: 'What is written on the new one.' }),
      note: t.exposeString('note', { nullable: true, description: 'Why it was changed.' }),
    }),
  });
  builder.objectField(point, 'meterChanges', (t) =>
    t.field({
      type: [meterChange],
      description: 'Meters that were put in, oldest first. A reading is explained by the meter of its time.',
      resolve: async ({ id }, _args, { services }) => [...(await services.facts.metersOf(id))],
    }),
  );
  builder.objectField(point, 'constantsHistory', (t) =>
    t.field({
      type: [constants],
      description: 'Every version of its constants, by quantity, oldest first. The first holds for what is older, too.',
      resolve: async ({ id }, _args, { services }) => [...(await services.facts.versionsOf(id))],
    }),
  );
  addMutations(builder, refs);

  builder.mutationField('withdrawMeterChange', (t) =>
    t.field({
      type: reprocessRun,
      description: 'Takes a change of meter back that never was; what was measured since is made again.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound], union: { name: 'WithdrawMeterChangeResult' } },
      args: { id: t.arg.id({ description: 'The change.' }) },
      resolve: (_root, { id }, { services }) => services.facts.withdrawMeter(id),
    }),
  );
}

function addMutations(builder: TelemetryBuilder, { variable, reprocessRun }: TelemetryRefs): void {
  const constantsInput = builder.inputType('VariableConstantsInput', {
    description: 'Constants of a quantity from an instant on: what is left out is as it was before.',
    fields: (t) => ({
      pointId: t.id({ description: 'The point.' }),
      variable: t.field({ type: variable, description: 'The quantity.' }),
      validFrom: t.field({ type: 'DateTime', description: 'Since when they hold; not in the future.' }),
      pulsesPerLiter: t.field({ type: 'Decimal', required: false, description: 'Pulses in a litre. TOTAL only.' }),
      litersPerPulse: t.field({ type: 'Decimal', required: false, description: 'Litres of a pulse. TOTAL only.' }),
      calibrationFactor: t.field({ type: 'Decimal', required: false, description: 'Factor on the reading.' }),
      offset: t.field({ type: 'Decimal', required: false, description: 'Added to it, in the unit of the quantity.' }),
      maxFlowLps: t.field({
        type: 'Decimal',
        required: false,
        description: 'More cannot pass the meter, l/s: a counter that steps further is held until others confirm it.',
      }),
    }),
  });
  const meterInput = builder.inputType('MeterChangeInput', {
    description: 'A meter that was put in.',
    fields: (t) => ({
      pointId: t.id({ description: 'The point.' }),
      changedAt: t.field({ type: 'DateTime', description: 'When; not in the future.' }),
      finalM3: t.field({ type: 'Decimal', required: false, description: 'Where the old one stood last, m3.' }),
      initialM3: t.field({
        type: 'Decimal',
        required: false,
        description: 'Where the new one stood, m3; 0 if left out.',
      }),
      meterDigits: t.int({ required: false, description: 'Digits of the new one’s counter, 1 to 15.' }),
      serial: t.string({ required: false, description: 'What is written on it, 64 characters at most.' }),
      note: t.string({ required: false, description: 'Why it was changed, 500 characters at most.' }),
    }),
  });
  builder.mutationField('addVariableConstants', (t) =>
    t.field({
      type: reprocessRun,
      description: 'Records a calibration as a dated fact, and makes what was measured since again.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'AddVariableConstantsResult' } },
      args: { input: t.arg({ type: constantsInput, description: 'The constants.' }) },
      resolve: (_root, { input }, { services }) => services.facts.addConstants(input),
    }),
  );
  builder.mutationField('recordMeterChange', (t) =>
    t.field({
      type: reprocessRun,
      description: 'Records that a meter was replaced, and makes what was counted since again.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'RecordMeterChangeResult' } },
      args: { input: t.arg({ type: meterInput, description: 'The meter.' }) },
      resolve: (_root, { input }, { services }) => services.facts.recordMeter(input),
    }),
  );
}
