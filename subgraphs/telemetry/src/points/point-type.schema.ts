import { byRights } from '@cauce/shared/schema/by-rights';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';

/** Adds `CatchmentPoint`, its keys, its newest values and its constants. */
export function addPointType(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const { point, site, company, user, alert, submission, pointType, pointStatus, waterSource, standard } = refs;
  addConstants(refs);
  const { constants } = refs;
  addMeasurement(refs);
  const measured = { type: 'Float', nullable: true } as const;

  point.implement({
    tag: byRights,
    description: 'A place where water is taken or watched: a well, a river intake, a spring, a drain, a lake.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      code: t.exposeString('code', { description: 'Unique code; the second level of its device topic.' }),
      name: t.exposeString('name', { description: 'Name, as people say it.' }),
      type: t.expose('type', { type: pointType, description: 'What water comes from.' }),
      sourceKind: t.expose('sourceKind', { type: waterSource, description: 'Ground or surface water.' }),
      status: t.expose('status', { type: pointStatus, description: 'Whether it speaks.' }),
      site: t.field({ type: site, description: 'Where it is.', resolve: ({ siteId }) => ({ id: siteId }) }),
      company: t.field({
        type: company,
        description: 'Whose it is.',
        resolve: ({ companyId }) => ({ id: companyId }),
      }),
      owner: t.field({
        type: user,
        nullable: true,
        description: 'Who answers for it; null when nobody is named.',
        resolve: ({ ownerUserId }) => (ownerUserId === null ? null : { id: ownerUserId }),
      }),
      latitude: t.field({
        ...measured,
        description: 'Degrees north, WGS 84.',
        resolve: ({ latitude }) => latitude?.toNumber() ?? null,
      }),
      longitude: t.field({
        ...measured,
        description: 'Degrees east, WGS 84.',
        resolve: ({ longitude }) => longitude?.toNumber() ?? null,
      }),
      altitudeM: t.field({
        ...measured,
        description: 'Height above sea level, m.',
        resolve: ({ altitudeM }) => altitudeM?.toNumber() ?? null,
      }),
      wellDepthM: t.field({
        ...measured,
        description: 'Depth of the well, m.',
        resolve: ({ wellDepthM }) => wellDepthM?.toNumber() ?? null,
      }),
      sensorDepthM: t.field({
        ...measured,
        description: 'Depth at which the level sensor hangs, m.',
        resolve: ({ sensorDepthM }) => sensorDepthM?.toNumber() ?? null,
      }),
      standard: t.expose('standard', {
        type: standard,
        nullable: true,
        description: 'Size class at the regulator; null when it is not regulated.',
      }),
      waterRightFlowLps: t.expose('waterRightFlowLps', {
        type: 'Decimal',
        nullable: true,
        description: 'Flow that the water right grants, l/s.',
      }),
      waterRightYearlyM3: t.expose('waterRightYearlyM3', {
        type: 'Decimal',
        nullable: true,
        description: 'Volume that the water right grants a year, m3.',
      }),
      meterDigits: t.exposeInt('meterDigits', {
        nullable: true,
        description: 'Digits of the meter’s counter: it rolls over after 10 to the power of them, m3.',
      }),
      samplingMinutes: t.exposeInt('samplingFrequencyMinutes', {
        description: 'Minutes between two readings, as planned. Three of them without a reading are silence.',
      }),
      timeZone: t.exposeString('timeZone', { description: 'IANA zone in which its days are cut.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was registered.' }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        description: 'When it last changed; `updateCatchmentPoint` takes it as `expectedUpdatedAt`.',
      }),
      latest: t.field({
        type: [refs.measurement],
        description: 'Newest value of each quantity; from a row that is moved forward, never from history.',
        resolve: async ({ id }, _args, { services }) => [...(await services.points.latest(id))],
      }),
      lastMeasuredAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'When anything was last measured; null before the first reading.',
        resolve: async ({ id }, _args, { services }) => newestOf(await services.points.latest(id)),
      }),
      variables: t.field({
        type: [constants],
        description: 'The quantities it measures and the constants now in force.',
        resolve: async ({ id }, _args, { services }) => [...(await services.points.constants(id))],
      }),
      openAlerts: t.field({
        type: [alert],
        description: 'Episodes that are not over, newest first, 50 at most.',
        resolve: async ({ id }, _args, { services }) => [...(await services.alerts.openOfPoint(id))],
      }),
      lastSubmission: t.field({
        type: submission,
        nullable: true,
        description: 'The newest slot of the compliance ledger whose time has come; null when nothing is owed.',
        resolve: ({ id }, _args, { services }) => services.compliance.newest(id),
      }),
    }),
  });
  builder.asEntity(point, {
    key: [builder.selection<{ id: string }>('id'), builder.selection<{ code: string }>('code')],
    resolveReference: (key: { readonly id?: string; readonly code?: string }, { services }) =>
      key.id === undefined ? services.points.byCode(key.code ?? '') : services.points.byId(key.id),
  });
}

function addConstants({ constants, variable }: TelemetryRefs): void {
  constants.implement({
    tag: byRights,
    description: 'How a quantity of a point is made from what its device sends.',
    fields: (t) => ({
      variable: t.expose('variable', { type: variable, description: 'The quantity.' }),
      unit: t.exposeString('unit', { description: 'Unit of its values.' }),
      pulsesPerLiter: t.expose('pulsesPerLiter', {
        type: 'Decimal',
        nullable: true,
        description: 'Pulses of the meter in a litre; null when it is said the other way, or nothing is counted.',
      }),
      litersPerPulse: t.expose('litersPerPulse', {
        type: 'Decimal',
        nullable: true,
        description: 'Litres that a pulse of the meter stands for.',
      }),
      calibrationFactor: t.expose('calibrationFactor', {
        type: 'Decimal',
        description: 'Factor on what was counted or measured.',
      }),
      offset: t.expose('offset', { type: 'Decimal', description: 'Added to it, in the unit.' }),
      maxFlowLps: t.expose('maxFlowLps', {
        type: 'Decimal',
        nullable: true,
        description: 'Of a counter: more cannot pass the meter, l/s; null when nobody said.',
      }),
      minValue: t.exposeFloat('minValue', { nullable: true, description: 'Below it a value is suspect, in the unit.' }),
      maxValue: t.exposeFloat('maxValue', { nullable: true, description: 'Above it a value is suspect, in the unit.' }),
      validFrom: t.expose('validFrom', { type: 'DateTime', description: 'Since when these constants hold.' }),
    }),
  });
}

function addMeasurement({ measurement, point, variable, quality }: TelemetryRefs): void {
  measurement.implement({
    tag: byRights,
    description: 'A measured value, derived from a raw reading by the constants of its point.',
    fields: (t) => ({
      variable: t.expose('variable', { type: variable, description: 'The quantity.' }),
      value: t.exposeFloat('value', { description: 'In `unit`. Of a counter: where it stands.' }),
      unit: t.exposeString('unit', { description: 'UCUM-like: m, l/s, m3, Cel, bar, pH, uS/cm, NTU.' }),
      measuredAt: t.expose('measuredAt', { type: 'DateTime', description: 'When the device measured it.' }),
      quality: t.expose('quality', { type: quality, description: 'Whether a rule spoke against it.' }),
      flags: t.field({
        type: ['String'],
        description:
          'Codes of what was found: `OUT_OF_RANGE`, `CLOCK_AHEAD`; of a counter `COUNTER_RESET`, `COUNTER_ROLLOVER`, `METER_REPLACED`, `COUNTER_JUMP`, `COUNTER_DECREASE`, and when held `COUNTER_SPIKE` or `COUNTER_UNCONFIRMED`.',
        resolve: ({ flags }) => [...flags],
      }),
      point: t.field({
        type: point,
        nullable: true,
        description: 'Where it was measured; null if the point was removed meanwhile.',
        resolve: ({ pointId }, _args, { services }) => services.points.byId(pointId),
      }),
    }),
  });
}

function newestOf(rows: readonly { readonly measuredAt: Date }[]): Date | null {
  return rows.reduce<Date | null>(
    (newest, { measuredAt }) => (newest === null || measuredAt > newest ? measuredAt : newest),
    null,
  );
}
