import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { simulatorScenarios } from './faulty-line.ts';
import type { SimulatedPoint, SimulatorView } from './simulator.service.ts';

/** Adds `simulator` and what controls it. */
export function addSimulator(builder: TelemetryBuilder, { point }: TelemetryRefs): void {
  const scenario = builder.enumType('SimulatorScenario', {
    description:
      'How a simulated device’s line behaves. STEADY: well. OUTAGE: off at times. LATE_BURST: many readings at once, late. DUPLICATES: some twice. OUT_OF_ORDER: neighbours swapped. COUNTER_RESET: its counter begins anew. DRIFT: its level wanders off. BAD_CLOCK: absurd times.',
    values: simulatorScenarios,
  });
  const device = builder.objectRef<SimulatedPoint>('SimulatedDevice').implement({
    description: 'A device that is played.',
    fields: (t) => ({
      point: t.field({ type: point, description: 'The point it speaks for.', resolve: (played) => played.point }),
      scenario: t.expose('scenario', { type: scenario, description: 'How its line behaves.' }),
    }),
  });
  const simulator = builder.objectRef<SimulatorView>('Simulator').implement({
    description: 'What plays the demo’s devices.',
    fields: (t) => ({
      isRunning: t.exposeBoolean('isRunning', { description: 'Whether devices speak.' }),
      devices: t.field({
        type: [device],
        description: 'The devices of points within reach, by code.',
        resolve: ({ devices }) => [...devices],
      }),
    }),
  });
  builder.queryField('simulator', (t) =>
    t.field({
      type: simulator,
      nullable: true,
      description: 'The device simulator; null outside of the demo.',
      authScopes: { permission: 'telemetry:read' },
      resolve: (_root, _args, { services }) => services.simulator.view(),
    }),
  );
  builder.mutationField('startSimulator', (t) =>
    t.field({
      type: simulator,
      description: 'Lets the demo’s devices speak. Does nothing while they do.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [Conflict], union: { name: 'StartSimulatorResult' } },
      resolve: (_root, _args, { services }) => services.simulator.setRunning(true),
    }),
  );
  builder.mutationField('stopSimulator', (t) =>
    t.field({
      type: simulator,
      description: 'Silences the demo’s devices; alerts of silence follow in their time.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [Conflict], union: { name: 'StopSimulatorResult' } },
      resolve: (_root, _args, { services }) => services.simulator.setRunning(false),
    }),
  );
  const input = builder.inputType('SetSimulatorScenarioInput', {
    description: 'A simulated device and how it is to behave.',
    fields: (t) => ({
      pointId: t.id({ description: 'The point it speaks for.' }),
      scenario: t.field({ type: scenario, description: 'How its line behaves from now on.' }),
    }),
  });
  builder.mutationField('setSimulatorScenario', (t) =>
    t.field({
      type: simulator,
      description: 'Makes a simulated device behave in another way.',
      authScopes: { permission: 'telemetry:write' },
      errors: { types: [Conflict, NotFound], union: { name: 'SetSimulatorScenarioResult' } },
      args: { input: t.arg({ type: input, description: 'Which device, and how.' }) },
      resolve: (_root, { input: given }, { services }) => services.simulator.setScenario(given.pointId, given.scenario),
    }),
  );
}
