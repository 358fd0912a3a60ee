import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { type VariableDefinition, variableDefinitions } from './variable-kinds.ts';

/** Adds `variables`, the list of quantities. */
export function addVariables(builder: TelemetryBuilder, { variable }: TelemetryRefs): void {
  const definition = builder.objectRef<VariableDefinition>('VariableDefinition').implement({
    description: 'A quantity that points can measure.',
    fields: (t) => ({
      kind: t.expose('kind', { type: variable, description: 'The quantity.' }),
      unit: t.exposeString('unit', { description: 'The one unit of its values.' }),
      isCounter: t.exposeBoolean('isCounter', { description: 'It counts up: what matters is how far it moved.' }),
      channel: t.exposeString('channel', { description: 'Its usual name in the messages of devices.' }),
    }),
  });
  builder.queryField('variables', (t) =>
    t.field({
      type: [definition],
      authScopes: { permission: 'telemetry:read' },
      description: 'The nine quantities with their units.',
      resolve: () => Object.values(variableDefinitions),
    }),
  );
}
