import type { SeriesAggregate } from '../series/series-buckets.ts';
import { variableInWords } from '../variables/variable-names.ts';
import { type PointConstant, pointConstants } from './point-constants.ts';
import type { ReadShape } from './telemetry-schema.ts';

type Language = 'es' | 'en';

/** What people call a part of a schema, where its expressions have a name of code. */
export interface PartLabels {
  readonly labelEs: string;
  readonly labelEn: string;
}

/** The labels of a quantity, a calculated field or a constant of the point; the name itself for what is none of them. */
export function labelsOf({ quantities, calculatedFields }: ReadShape, name: string): PartLabels {
  const field = calculatedFields.find((one) => one.name === name);
  if (field !== undefined) return { labelEs: field.labelEs, labelEn: field.labelEn };
  const quantity = quantities.find((one) => one.name === name);
  const constant = pointConstants.find((one) => one.name === name);
  const labelIn = (language: Language) => {
    if (quantity !== undefined) return quantityIn(language, quantity);
    return constant === undefined ? name : constants[language][constant.name];
  };
  return { labelEs: labelIn('es'), labelEn: labelIn('en') };
}

function quantityIn(
  language: Language,
  {
    name,
    variable,
    aggregate,
  }: { readonly name: string; readonly variable: string; readonly aggregate: SeriesAggregate },
): string {
  if (aggregate === 'DELTA') return volume[language];
  const words = variableInWords(variable, language)?.replace(/^(el|la|the) /, '') ?? name;
  const taken = taking[language][aggregate];
  return taken === null ? words : `${words} (${taken})`;
}

const volume: Readonly<Record<Language, string>> = { es: 'volumen', en: 'volume' };

/** How a quantity is taken, where that is not what everybody expects. */
const taking: Readonly<Record<Language, Readonly<Record<Exclude<SeriesAggregate, 'DELTA'>, string | null>>>> = {
  es: { AVERAGE: null, LAST: null, MINIMUM: 'mínimo', MAXIMUM: 'máximo', FIRST: 'al comienzo' },
  en: { AVERAGE: null, LAST: null, MINIMUM: 'lowest', MAXIMUM: 'highest', FIRST: 'at the start' },
};

const constants: Readonly<Record<Language, Readonly<Record<PointConstant, string>>>> = {
  es: {
    well_depth: 'profundidad del pozo',
    sensor_depth: 'profundidad del sensor',
    altitude: 'altura',
    granted_flow: 'caudal otorgado',
    granted_volume: 'volumen otorgado',
    hours: 'horas',
  },
  en: {
    well_depth: 'depth of the well',
    sensor_depth: 'depth of the sensor',
    altitude: 'altitude',
    granted_flow: 'granted flow',
    granted_volume: 'granted volume',
    hours: 'hours',
  },
};
