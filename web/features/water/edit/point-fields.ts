import type {
  CatchmentPointStatus,
  CatchmentPointType,
  EditedPointFragment,
  ExtractionStandard,
  UpdateCatchmentPointInput,
  WaterSourceKind,
} from '../../../graphql/generated/graphql.ts';

/** What a person types about a point; each field as text, so that half a number is not lost. */
export interface PointFields {
  readonly name: string;
  readonly type: CatchmentPointType;
  readonly sourceKind: WaterSourceKind;
  readonly status: CatchmentPointStatus;
  readonly latitude: string;
  readonly longitude: string;
  readonly altitudeM: string;
  readonly wellDepthM: string;
  readonly sensorDepthM: string;
  readonly standard: ExtractionStandard | '';
  readonly waterRightFlowLps: string;
  readonly waterRightYearlyM3: string;
  readonly meterDigits: string;
  readonly samplingMinutes: string;
  readonly timeZone: string;
}

export type PointField = keyof PointFields;

export const pointTypes = ['WELL', 'RIVER', 'LAKE', 'RESERVOIR', 'SPRING', 'DRAIN'] as const;
export const waterKinds = ['GROUNDWATER', 'SURFACE'] as const;

/** Zones that are offered; the one that a point has is among them anyway. */
export const timeZones = [
  ...['America/Santiago', 'America/Punta_Arenas', 'Pacific/Easter', 'America/Sao_Paulo', 'America/Lima'],
  ...['America/Bogota', 'America/Argentina/Buenos_Aires', 'America/Mexico_City', 'Europe/Madrid', 'UTC'],
];

export function emptyFields(timeZone: string): PointFields {
  return {
    ...{ name: '', type: 'WELL', sourceKind: 'GROUNDWATER', status: 'ACTIVE', standard: '' },
    ...{ latitude: '', longitude: '', altitudeM: '', wellDepthM: '', sensorDepthM: '' },
    ...{ waterRightFlowLps: '', waterRightYearlyM3: '', meterDigits: '', samplingMinutes: '60', timeZone },
  };
}

/** A point as its form shows it. */
export function fieldsOf(point: EditedPointFragment): PointFields {
  const { name, type, sourceKind, status, standard, timeZone } = point;
  return {
    ...{ name, type, sourceKind, status, standard: standard ?? '', timeZone },
    ...{ latitude: textOf(point.latitude), longitude: textOf(point.longitude), altitudeM: textOf(point.altitudeM) },
    ...{ wellDepthM: textOf(point.wellDepthM), sensorDepthM: textOf(point.sensorDepthM) },
    ...{
      waterRightFlowLps: textOf(point.waterRightFlowLps),
      waterRightYearlyM3: textOf(point.waterRightYearlyM3),
    },
    ...{ meterDigits: textOf(point.meterDigits), samplingMinutes: textOf(point.samplingMinutes) },
  };
}

/** The fields that somebody changed. */
export function changedFields(base: PointFields, draft: PointFields): readonly PointField[] {
  return fieldNames(base).filter((field) => draft[field].trim() !== base[field]);
}

/** Numbers that cannot be read as such. */
export function unreadable(draft: PointFields): readonly PointField[] {
  return [...measured, ...amounts, ...counts].filter((field) => !/^-?\d*([.,]\d*)?$/.test(draft[field].trim()));
}

/** What the graph is told of the fields that are named; an empty one is emptied. */
export function sentFields(
  draft: PointFields,
  fields: readonly PointField[],
): Omit<UpdateCatchmentPointInput, 'id' | 'expectedUpdatedAt'> {
  return Object.fromEntries(fields.map((field) => [field, sentField(field, draft[field].trim().replace(',', '.'))]));
}

/** What becomes of a form when the point was changed by somebody else meanwhile. */
export interface Rebased {
  readonly draft: PointFields;
  /** Fields that both changed, each to something else; the form keeps the own text. */
  readonly clashes: readonly PointField[];
}

/** Takes what somebody else changed into a form, and keeps what was typed there: nothing of either is lost unseen. */
export function rebase(base: PointFields, draft: PointFields, fresh: PointFields): Rebased {
  const own = new Set(changedFields(base, draft));
  const theirs = changedFields(base, fresh);
  return {
    draft: {
      ...draft,
      ...Object.fromEntries(theirs.flatMap((field) => (own.has(field) ? [] : [[field, fresh[field]]]))),
    },
    clashes: theirs.filter((field) => own.has(field) && draft[field].trim() !== fresh[field]),
  };
}

const measured = ['latitude', 'longitude', 'altitudeM', 'wellDepthM', 'sensorDepthM'] as const;
const amounts = ['waterRightFlowLps', 'waterRightYearlyM3'] as const;
const counts = ['meterDigits', 'samplingMinutes'] as const;

function sentField(field: PointField, text: string): string | number | null {
  if (text === '') return null;
  const isNumber = [...measured, ...counts].some((one) => one === field);
  return isNumber ? Number(text) : text;
}

function textOf(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  // An exact decimal comes with all the digits of its column.
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

function fieldNames(fields: PointFields): readonly PointField[] {
  return Object.keys(fields).filter((name): name is PointField => name in fields);
}
