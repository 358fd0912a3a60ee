import type { ClientBase } from 'pg';
import { demoId } from '../demo-id.ts';
import { type DemoCompany, demoCompanies } from '../demo-places.ts';
import { type DemoPoint, type DemoVariable, demoPoints } from './points.ts';
import { insertTelemetryRows } from './rows.ts';
import { seedSchemas } from './schemas.ts';
import { channelNames, seededDays, variableUnits } from './series.ts';

const dayMs = 86_400_000;

/** Points with the constants of their meters, the devices that speak for them, providers and rules. */
export async function seedRegistry(client: ClientBase, now: Date): Promise<void> {
  const since = new Date(now.getTime() - (seededDays + 30) * dayMs);
  const companies = Object.values(demoCompanies);
  await insertTelemetryRows(
    client,
    'providers',
    companies.flatMap((company) => providersOf(company, now)),
  );
  await insertTelemetryRows(
    client,
    'provider_schedules',
    companies.flatMap((company) => schedulesOf(company, now)),
  );
  await insertTelemetryRows(
    client,
    'catchment_points',
    demoPoints.map((point) => pointRow(point, since)),
  );
  await insertTelemetryRows(
    client,
    'point_variables',
    demoPoints.flatMap((point) => variableRows(point, since)),
  );
  await insertTelemetryRows(
    client,
    'reading_sources',
    demoPoints.map((point) => sourceRow(point, since)),
  );
  await insertTelemetryRows(client, 'source_channels', demoPoints.flatMap(channelRows));
  await insertTelemetryRows(
    client,
    'rules',
    companies.flatMap((company) => ruleRows(company, since)),
  );
  await seedSchemas(client);
}

export const demoProviderId = (company: DemoCompany, name: string) => demoId('provider', `${company.code}:${name}`);
export const demoRuleId = (companyId: string, kind: string) => demoId('telemetry-rule', `${companyId}:${kind}`);

const mqtt = 'Equipos propios';

interface DemoProvider {
  readonly name: string;
  readonly kind: string;
  readonly baseUrl: string;
  readonly minutesAgo: number;
  readonly isActive?: boolean;
  readonly isTesting?: boolean;
  readonly lastError?: string;
}

const providers: Readonly<Record<'ribera' | 'quillay', readonly DemoProvider[]>> = {
  ribera: [
    { name: mqtt, kind: 'MQTT', baseUrl: 'mqtt://broker.ribera.example', minutesAgo: 0 },
    { name: 'Twin Aconcagua', kind: 'TWIN', baseUrl: 'https://twin.example/tdata/v1', minutesAgo: 4 },
    {
      name: 'Registradores Novus',
      kind: 'NOVUS',
      baseUrl: 'https://novus.example',
      minutesAgo: 187,
      lastError: '503 Service Unavailable',
    },
    { name: 'Nettra', kind: 'NETTRA', baseUrl: 'https://things.example/v2', minutesAgo: 22, isTesting: true },
  ],
  quillay: [
    { name: mqtt, kind: 'MQTT', baseUrl: 'mqtt://broker.quillay.example', minutesAgo: 0 },
    { name: 'Tago Maule', kind: 'TAGO', baseUrl: 'https://tago.example', minutesAgo: 3 },
    {
      name: 'ThingsIO antiguo',
      kind: 'THINGSIO',
      baseUrl: 'https://things.example/v2',
      minutesAgo: 80_000,
      isActive: false,
    },
  ],
};

function providersOf(company: DemoCompany, now: Date) {
  const list = company === demoCompanies.ribera ? providers.ribera : providers.quillay;
  return list.map((provider) => ({
    id: demoProviderId(company, provider.name),
    company_id: company.id,
    name: provider.name,
    kind: provider.kind,
    connection: { baseUrl: provider.baseUrl },
    processing: {},
    is_active: provider.isActive ?? true,
    is_testing: provider.isTesting ?? false,
    last_connected_at: new Date(now.getTime() - provider.minutesAgo * 60_000),
    last_error: provider.lastError ?? null,
    last_error_at: provider.lastError === undefined ? null : new Date(now.getTime() - 2 * 60_000),
    created_at: new Date(now.getTime() - seededDays * dayMs),
    updated_at: now,
  }));
}

function schedulesOf(company: DemoCompany, now: Date) {
  const list = (company === demoCompanies.ribera ? providers.ribera : providers.quillay).slice(1);
  return list.map((provider) => ({
    id: demoId('provider-schedule', `${company.code}:${provider.name}`),
    provider_id: demoProviderId(company, provider.name),
    name: 'Lecturas',
    interval_seconds: 300,
    is_active: provider.isActive ?? true,
    last_run_at: new Date(now.getTime() - provider.minutesAgo * 60_000),
    next_run_at: new Date(now.getTime() + 3 * 60_000),
    last_result: provider.lastError === undefined ? 'OK' : 'FAILED',
    last_message: provider.lastError ?? null,
    last_duration_ms: 840,
    failures: provider.lastError === undefined ? 0 : 37,
  }));
}

function pointRow(point: DemoPoint, since: Date) {
  const offset = (demoPoints.indexOf(point) + 1) * 0.0073;
  return {
    id: point.id,
    code: point.code,
    name: point.name,
    type: point.type,
    source_kind: point.sourceKind,
    site_id: point.site.id,
    company_id: point.site.companyId,
    status: point.status,
    latitude: (point.site.latitude + offset).toFixed(6),
    longitude: (point.site.longitude - offset / 2).toFixed(6),
    altitude_m: point.altitudeM,
    well_depth_m: point.wellDepthM,
    sensor_depth_m: point.wellDepthM === null ? null : Math.round(point.wellDepthM * 0.85),
    standard: point.standard,
    water_right_flow_lps: point.waterRightLps,
    water_right_yearly_m3: point.waterRightYearlyM3,
    meter_digits: point.meterDigits,
    sampling_frequency_minutes: point.cadenceMinutes,
    time_zone: point.site.timeZone,
    created_at: since,
    updated_at: since,
  };
}

/** What a believable reading lies between. */
function limits(point: DemoPoint, variable: DemoVariable): readonly [number | null, number | null] {
  switch (variable) {
    case 'LEVEL':
      return [point.wellDepthM === null ? -1 : 0, point.wellDepthM ?? 20];
    case 'FLOW':
      return [0, Math.ceil(point.nominalLps * 1.6)];
    case 'TOTAL':
      return [0, point.meterDigits === null ? null : 10 ** point.meterDigits];
    case 'TEMPERATURE':
      return [-2, 40];
    case 'PRESSURE':
      return [0, 16];
    case 'PH':
      return [0, 14];
    case 'CONDUCTIVITY':
      return [0, 5_000];
    case 'TURBIDITY':
      return [0, 1_000];
  }
}

function variableRows(point: DemoPoint, since: Date) {
  return point.variables.map((variable) => {
    const [minimum, maximum] = limits(point, variable);
    const isCounter = variable === 'TOTAL';
    return {
      id: demoId('point-variable', `${point.code}:${variable}`),
      point_id: point.id,
      variable,
      unit: variableUnits[variable],
      valid_from: since,
      pulses_per_liter: isCounter ? point.pulsesPerLiter : null,
      liters_per_pulse: isCounter ? point.litersPerPulse : null,
      calibration_factor: isCounter ? point.calibrationFactor : '1',
      offset: 0,
      min_value: minimum,
      max_value: maximum,
      cadence_seconds: point.cadenceMinutes * 60,
      is_active: true,
      created_at: since,
    };
  });
}

function sourceRow(point: DemoPoint, since: Date) {
  const company = point.site.companyId === demoCompanies.ribera.id ? demoCompanies.ribera : demoCompanies.quillay;
  return {
    id: point.sourceId,
    point_id: point.id,
    provider_id: demoProviderId(company, mqtt),
    device_id: `CAU-${String(1 + demoPoints.indexOf(point)).padStart(4, '0')}`,
    is_active: true,
    created_at: since,
    updated_at: since,
  };
}

function channelRows(point: DemoPoint) {
  return point.variables.map((variable) => ({
    id: demoId('source-channel', `${point.code}:${variable}`),
    source_id: point.sourceId,
    channel: channelNames[variable],
    variable,
    is_pulses: variable === 'TOTAL',
    multiplier: 1,
  }));
}

/** All that the platform gives every company by itself within a minute, so that a demo does not change while it is looked at. */
const rules = [
  { kind: 'SILENCE', name: 'Equipo en silencio', severity: 'WARNING', parameters: { intervals: 3 } },
  { kind: 'RANGE', name: 'Lectura fuera de rango', severity: 'WARNING', parameters: {} },
  { kind: 'COUNTER_RESET', name: 'Reinicio del contador', severity: 'INFO', parameters: {} },
  { kind: 'WATER_RIGHT_FLOW', name: 'Caudal sobre el derecho', severity: 'CRITICAL', parameters: {} },
  { kind: 'STUCK_VALUE', name: 'Valor pegado', severity: 'INFO', parameters: {}, variable: 'LEVEL' },
  { kind: 'FLOW_TOTAL_CONSISTENCY', name: 'Caudal y totalizador no cuadran', severity: 'WARNING', parameters: {} },
  { kind: 'LEVEL_TOTAL_CONSISTENCY', name: 'Nivel y totalizador no cuadran', severity: 'INFO', parameters: {} },
  { kind: 'WATER_RIGHT_VOLUME', name: 'Volumen anual sobre el derecho', severity: 'WARNING', parameters: {} },
  { kind: 'SEASONAL_ANOMALY', name: 'Fuera de lo acostumbrado', severity: 'WARNING', parameters: {} },
  { kind: 'SCHEMA_VALIDATION', name: 'Reglas de los esquemas', severity: 'WARNING', parameters: {} },
] as const;

function ruleRows(company: DemoCompany, since: Date) {
  return rules.map((rule) => ({
    id: demoRuleId(company.id, rule.kind),
    company_id: company.id,
    kind: rule.kind,
    name: rule.name,
    severity: rule.severity,
    variable: 'variable' in rule ? rule.variable : null,
    parameters: rule.parameters,
    version: 1,
    is_active: true,
    created_at: since,
    updated_at: since,
  }));
}
