import { demoId } from '../demo-id.ts';
import { type DemoSite, demoSites } from '../demo-places.ts';

/** How water moves at a point through the day and the year. */
export type FlowPattern = 'industrial' | 'irrigation' | 'river' | 'spring' | 'drain' | 'still';

export type DemoVariable =
  | 'LEVEL'
  | 'FLOW'
  | 'TOTAL'
  | 'TEMPERATURE'
  | 'PRESSURE'
  | 'PH'
  | 'CONDUCTIVITY'
  | 'TURBIDITY';

export interface DemoPoint {
  readonly id: string;
  readonly sourceId: string;
  readonly code: string;
  readonly name: string;
  readonly type: 'WELL' | 'RIVER' | 'LAKE' | 'RESERVOIR' | 'SPRING' | 'DRAIN';
  readonly sourceKind: 'GROUNDWATER' | 'SURFACE';
  readonly site: DemoSite;
  readonly status: 'ACTIVE' | 'MAINTENANCE' | 'OFFLINE';
  readonly standard: 'MAYOR' | 'MEDIO' | 'MENOR' | 'VERY_SMALL' | null;
  readonly cadenceMinutes: 5 | 15 | 60;
  readonly variables: readonly DemoVariable[];
  readonly pattern: FlowPattern;
  /** What the pump or the channel gives when it runs, l/s. */
  readonly nominalLps: number;
  /** Water level with the pump at rest: depth below ground for wells, stage for the others; m. */
  readonly restLevelM: number;
  /** How far the level moves while the nominal flow runs, m. */
  readonly drawdownM: number;
  /** Reading of the meter a year ago, m3. */
  readonly startM3: number;
  readonly meterDigits: number | null;
  /** One of the two, or none when the point has no counter. */
  readonly pulsesPerLiter: string | null;
  readonly litersPerPulse: string | null;
  readonly calibrationFactor: string;
  /** Days before now on which the counter began again from zero. */
  readonly resetDaysAgo: readonly number[];
  /** Hours since the device went silent; 0 for a device that speaks. */
  readonly silentHours: number;
  readonly waterRightLps: number | null;
  readonly waterRightYearlyM3: number | null;
  readonly altitudeM: number;
  readonly wellDepthM: number | null;
  /** Code of the work at the regulator. */
  readonly workCode: string | null;
}

type Given = Omit<DemoPoint, 'id' | 'sourceId' | 'sourceKind' | 'status' | 'pulsesPerLiter' | 'litersPerPulse'> &
  Partial<Pick<DemoPoint, 'status' | 'pulsesPerLiter' | 'litersPerPulse'>>;

const surface = new Set(['RIVER', 'LAKE', 'RESERVOIR']);

function point(given: Given): DemoPoint {
  return {
    status: 'ACTIVE',
    pulsesPerLiter: null,
    litersPerPulse: null,
    ...given,
    id: demoId('catchment-point', given.code),
    sourceId: demoId('reading-source', given.code),
    sourceKind: surface.has(given.type) ? 'SURFACE' : 'GROUNDWATER',
  };
}

const counter = { resetDaysAgo: [], silentHours: 0, calibrationFactor: '1' } as const;
const noCounter = { ...counter, startM3: 0, meterDigits: null } as const;
const noRight = { waterRightLps: null, waterRightYearlyM3: null, workCode: null } as const;

/** Where the demo takes its water from: wells of two plants and the two basins around them. */
export const demoPoints: readonly DemoPoint[] = [
  point({
    ...counter,
    code: 'NORTE-POZO-1',
    name: 'Pozo 1 Planta Norte',
    type: 'WELL',
    site: demoSites.plantaNorte,
    standard: 'MAYOR',
    cadenceMinutes: 5,
    variables: ['LEVEL', 'FLOW', 'TOTAL'],
    pattern: 'industrial',
    nominalLps: 42,
    restLevelM: 31.5,
    drawdownM: 6.2,
    startM3: 1_184_320,
    meterDigits: 8,
    pulsesPerLiter: '1000',
    calibrationFactor: '1.023',
    waterRightLps: 40.6,
    waterRightYearlyM3: 900_000,
    altitudeM: 182,
    wellDepthM: 96,
    workCode: 'OB-0503-112',
  }),
  point({
    ...counter,
    code: 'NORTE-POZO-2',
    name: 'Pozo 2 Planta Norte',
    type: 'WELL',
    site: demoSites.plantaNorte,
    standard: 'MEDIO',
    cadenceMinutes: 15,
    variables: ['LEVEL', 'FLOW', 'TOTAL'],
    pattern: 'industrial',
    nominalLps: 18,
    restLevelM: 27.8,
    drawdownM: 4.1,
    startM3: 402_118,
    meterDigits: 7,
    litersPerPulse: '100',
    resetDaysAgo: [214],
    waterRightLps: 20,
    waterRightYearlyM3: 380_000,
    altitudeM: 184,
    wellDepthM: 72,
    workCode: 'OB-0503-113',
  }),
  point({
    ...counter,
    ...noRight,
    code: 'NORTE-DREN-1',
    name: 'Dren Planta Norte',
    type: 'DRAIN',
    site: demoSites.plantaNorte,
    standard: 'MAYOR',
    cadenceMinutes: 15,
    variables: ['FLOW', 'TOTAL'],
    pattern: 'drain',
    nominalLps: 6,
    restLevelM: 0.2,
    drawdownM: 0.1,
    startM3: 88_004,
    meterDigits: 7,
    litersPerPulse: '10',
    altitudeM: 171,
    wellDepthM: null,
  }),
  point({
    ...counter,
    code: 'ACONCAGUA-POZO-1',
    name: 'Pozo Las Vegas',
    type: 'WELL',
    site: demoSites.cuencaAconcagua,
    standard: 'MAYOR',
    cadenceMinutes: 5,
    variables: ['LEVEL', 'FLOW', 'TOTAL'],
    pattern: 'irrigation',
    nominalLps: 64,
    restLevelM: 44.2,
    drawdownM: 9.5,
    startM3: 2_954_870,
    meterDigits: 8,
    pulsesPerLiter: '500',
    calibrationFactor: '1.015',
    resetDaysAgo: [61],
    waterRightLps: 62,
    waterRightYearlyM3: 1_300_000,
    altitudeM: 612,
    wellDepthM: 140,
    workCode: 'OB-0502-87',
  }),
  point({
    ...counter,
    code: 'ACONCAGUA-BOCATOMA-1',
    name: 'Bocatoma El Sauce',
    type: 'RIVER',
    site: demoSites.cuencaAconcagua,
    standard: 'MAYOR',
    cadenceMinutes: 15,
    variables: ['LEVEL', 'FLOW', 'TOTAL'],
    pattern: 'river',
    nominalLps: 120,
    restLevelM: 0.6,
    drawdownM: 0.8,
    startM3: 7_410_233,
    meterDigits: 9,
    litersPerPulse: '1000',
    waterRightLps: 150,
    waterRightYearlyM3: 3_600_000,
    altitudeM: 640,
    wellDepthM: null,
    workCode: 'OB-0502-91',
  }),
  point({
    ...counter,
    code: 'ACONCAGUA-VERTIENTE-1',
    name: 'Vertiente La Quebrada',
    type: 'SPRING',
    site: demoSites.cuencaAconcagua,
    standard: 'MENOR',
    cadenceMinutes: 60,
    variables: ['FLOW', 'TOTAL'],
    pattern: 'spring',
    nominalLps: 3.2,
    restLevelM: 0.3,
    drawdownM: 0.1,
    startM3: 12_900,
    meterDigits: 6,
    litersPerPulse: '10',
    waterRightLps: 5,
    waterRightYearlyM3: 120_000,
    altitudeM: 880,
    wellDepthM: null,
    workCode: 'OB-0502-120',
  }),
  point({
    ...noCounter,
    ...noRight,
    code: 'ACONCAGUA-EMBALSE-1',
    name: 'Embalse Los Litres',
    type: 'RESERVOIR',
    site: demoSites.cuencaAconcagua,
    status: 'MAINTENANCE',
    standard: null,
    cadenceMinutes: 60,
    variables: ['LEVEL', 'TEMPERATURE'],
    pattern: 'still',
    nominalLps: 0,
    restLevelM: 8.4,
    drawdownM: 0,
    altitudeM: 705,
    wellDepthM: null,
  }),
  point({
    ...counter,
    code: 'QUILLAY-POZO-1',
    name: 'Pozo Planta Quillay',
    type: 'WELL',
    site: demoSites.plantaQuillay,
    standard: 'MEDIO',
    cadenceMinutes: 15,
    variables: ['LEVEL', 'FLOW', 'TOTAL'],
    pattern: 'industrial',
    nominalLps: 22,
    restLevelM: 18.3,
    drawdownM: 3.4,
    startM3: 655_020,
    meterDigits: 7,
    litersPerPulse: '100',
    waterRightLps: 25,
    waterRightYearlyM3: 420_000,
    altitudeM: 98,
    wellDepthM: 54,
    workCode: 'OB-0701-40',
  }),
  point({
    ...counter,
    code: 'QUILLAY-POZO-2',
    name: 'Noria Casa Patronal',
    type: 'WELL',
    site: demoSites.plantaQuillay,
    standard: 'VERY_SMALL',
    cadenceMinutes: 60,
    variables: ['FLOW', 'TOTAL', 'PRESSURE'],
    pattern: 'industrial',
    nominalLps: 0.8,
    restLevelM: 9.1,
    drawdownM: 0.9,
    startM3: 3_410,
    meterDigits: 5,
    pulsesPerLiter: '1',
    waterRightLps: 1,
    waterRightYearlyM3: 12_000,
    altitudeM: 101,
    wellDepthM: 14,
    workCode: 'OB-0701-66',
  }),
  point({
    ...counter,
    code: 'MAULE-POZO-1',
    name: 'Pozo Colín',
    type: 'WELL',
    site: demoSites.cuencaMaule,
    standard: 'MAYOR',
    cadenceMinutes: 15,
    variables: ['LEVEL', 'FLOW', 'TOTAL'],
    pattern: 'irrigation',
    nominalLps: 55,
    restLevelM: 12.7,
    drawdownM: 5.2,
    startM3: 1_765_400,
    meterDigits: 8,
    pulsesPerLiter: '100',
    calibrationFactor: '0.998',
    resetDaysAgo: [150, 33],
    waterRightLps: 60,
    waterRightYearlyM3: 1_100_000,
    altitudeM: 121,
    wellDepthM: 60,
    workCode: 'OB-0701-51',
  }),
  point({
    ...counter,
    code: 'MAULE-RIO-1',
    name: 'Toma Río Lircay',
    type: 'RIVER',
    site: demoSites.cuencaMaule,
    status: 'OFFLINE',
    standard: 'MENOR',
    cadenceMinutes: 60,
    variables: ['LEVEL', 'FLOW', 'TOTAL', 'TURBIDITY'],
    pattern: 'river',
    nominalLps: 35,
    restLevelM: 0.4,
    drawdownM: 0.5,
    startM3: 980_770,
    meterDigits: 8,
    litersPerPulse: '1000',
    silentHours: 9,
    waterRightLps: 40,
    waterRightYearlyM3: 900_000,
    altitudeM: 145,
    wellDepthM: null,
    workCode: 'OB-0701-58',
  }),
  point({
    ...noCounter,
    ...noRight,
    code: 'MAULE-LAGUNA-1',
    name: 'Laguna El Toro',
    type: 'LAKE',
    site: demoSites.cuencaMaule,
    standard: null,
    cadenceMinutes: 60,
    variables: ['LEVEL', 'TEMPERATURE', 'PH', 'CONDUCTIVITY'],
    pattern: 'still',
    nominalLps: 0,
    restLevelM: 3.1,
    drawdownM: 0,
    altitudeM: 160,
    wellDepthM: null,
  }),
];
