/** The nine quantities that a point can measure. */
export const variableKinds = [
  'LEVEL',
  'FLOW',
  'AVERAGE_FLOW',
  'TOTAL',
  'TEMPERATURE',
  'PRESSURE',
  'PH',
  'CONDUCTIVITY',
  'TURBIDITY',
] as const;

export type VariableKind = (typeof variableKinds)[number];

export interface VariableDefinition {
  readonly kind: VariableKind;
  /** The one unit of the quantity, in UCUM-like text. */
  readonly unit: string;
  /** A counter: what matters is how far it moved, not where it stands. */
  readonly isCounter: boolean;
  /** The channel that our own devices send it on. */
  readonly channel: string;
}

const define = (kind: VariableKind, unit: string, channel: string, isCounter = false): VariableDefinition => ({
  kind,
  unit,
  channel,
  isCounter,
});

export const variableDefinitions: Readonly<Record<VariableKind, VariableDefinition>> = {
  LEVEL: define('LEVEL', 'm', 'level'),
  FLOW: define('FLOW', 'l/s', 'flow'),
  AVERAGE_FLOW: define('AVERAGE_FLOW', 'l/s', 'averageFlow'),
  TOTAL: define('TOTAL', 'm3', 'pulses', true),
  TEMPERATURE: define('TEMPERATURE', 'Cel', 'temperature'),
  PRESSURE: define('PRESSURE', 'bar', 'pressure'),
  PH: define('PH', 'pH', 'ph'),
  CONDUCTIVITY: define('CONDUCTIVITY', 'uS/cm', 'conductivity'),
  TURBIDITY: define('TURBIDITY', 'NTU', 'turbidity'),
};
