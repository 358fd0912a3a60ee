import type {
  SaveComplianceRegistrationInput,
  VariableKind,
  WaterRegistrationFragment,
} from '../../../graphql/generated/graphql.ts';

/** What each regulator issues and asks for, by its code. The names are the regulators' own. */
export const regulatorFields = {
  DGA: { identifiers: ['codigoObra'], secrets: ['rutEmpresa', 'rutUsuario', 'password'] },
  SMA: { identifiers: ['ufId', 'procesoId', 'dispositivoId'], secrets: ['usuario', 'password'] },
  IGAM: { identifiers: ['rotulo'], secrets: ['apiKey'] },
} as const;

export type RegulatorCode = keyof typeof regulatorFields;
export type IdentifierField = (typeof regulatorFields)[RegulatorCode]['identifiers'][number];
export type SecretField = (typeof regulatorFields)[RegulatorCode]['secrets'][number];

export const extractions = ['GROUNDWATER', 'SURFACE_FLOW_METER'] as const;
export type Extraction = (typeof extractions)[number];

/** One value by the name that the SMA registered it under. */
export interface ParameterFields {
  /** Of the form, not of the graph. */
  readonly key: string;
  readonly nombre: string;
  readonly unidad: string;
  readonly variable: VariableKind;
}

export interface RegistrationFields {
  readonly pointId: string;
  readonly source: RegulatorCode;
  readonly identifiers: Readonly<Partial<Record<IdentifierField, string>>>;
  /** Write-only. */
  readonly secrets: Readonly<Partial<Record<SecretField, string>>>;
  readonly extraction: Extraction;
  readonly level: 'needed' | 'optional';
  readonly parameters: readonly ParameterFields[];
  /** Seconds that a value stands for. */
  readonly duration: string;
  readonly attempts: string;
}

/** A code of the graph's that there is a form for. */
export function regulatorCode(text: string): RegulatorCode | null {
  return text === 'DGA' || text === 'SMA' || text === 'IGAM' ? text : null;
}

const usualParameters: readonly ParameterFields[] = [
  { key: 'flow', nombre: 'Q', unidad: 'l/s', variable: 'FLOW' },
  { key: 'total', nombre: 'VA', unidad: 'm3', variable: 'TOTAL' },
];

/** The form of a registration, or of a new one; without any secret, because none ever comes back. */
export function registrationForm(
  pointId: string,
  source: RegulatorCode,
  known: WaterRegistrationFragment | null,
): RegistrationFields {
  const identifiers = entriesOf(known?.identifiers);
  const config = new Map(entriesOf(known?.config));
  const parameters = readParameters(config.get('parametros'));
  return {
    ...{ pointId, source, secrets: {} },
    identifiers: Object.fromEntries(identifiers.map(([name, value]) => [name, String(value)])),
    extraction: config.get('extraction') === 'SURFACE_FLOW_METER' ? 'SURFACE_FLOW_METER' : 'GROUNDWATER',
    level: config.get('isLevelOptional') === true ? 'optional' : 'needed',
    parameters: parameters.length === 0 ? usualParameters : parameters,
    duration: String(config.get('duracao') ?? 3_600),
    attempts: String(known?.maximumAttempts ?? 5),
  };
}

/** What the graph is told. Secrets are sent together or not at all: those that are kept stay. */
export function sentRegistration(form: RegistrationFields): SaveComplianceRegistrationInput {
  const { identifiers, secrets } = regulatorFields[form.source];
  const typed = secrets.map((name) => [name, form.secrets[name] ?? ''] as const);
  const credentials = typed.some(([, text]) => text !== '')
    ? Object.fromEntries(typed.map(([name, text]) => [name, isPassword(name) ? text : text.trim()]))
    : null;
  return {
    ...{ pointId: form.pointId, sourceCode: form.source },
    identifiers: Object.fromEntries(identifiers.map((name) => [name, form.identifiers[name]?.trim() ?? ''])),
    config: sentConfig(form),
    maximumAttempts: Math.round(Number(form.attempts)),
    ...(credentials === null ? {} : { credentials }),
  };
}

/** Whether a secret is hidden while it is typed. */
export const isPassword = (name: SecretField): boolean => name === 'password' || name === 'apiKey';

function sentConfig({ source, extraction, level, parameters, duration }: RegistrationFields) {
  switch (source) {
    case 'DGA':
      return { extraction, isLevelOptional: level === 'optional' };
    case 'SMA':
      return {
        parametros: parameters.map(({ nombre, unidad, variable }) => ({
          ...{ nombre: nombre.trim(), unidad: unidad.trim(), variable },
        })),
      };
    case 'IGAM':
      return { duracao: Math.round(Number(duration)) };
  }
}

function readParameters(value: unknown): readonly ParameterFields[] {
  if (!Array.isArray(value)) return [];
  return value.map((one: unknown, at) => {
    const { nombre, unidad, variable } = Object(one);
    return { key: `kept ${at}`, nombre: String(nombre), unidad: String(unidad), variable };
  });
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
