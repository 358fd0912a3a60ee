import { demoCompanies } from './demo-places.ts';

export interface DemoFeedProduct {
  /** Unique over both companies; production orders name their product by it. */
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly companyId: string;
  /** Weight of a bag in kilograms, or null when it is only sold loose in bulk. */
  readonly bagKg: number | null;
  /** List price of a tonne in Chilean pesos. */
  readonly pricePerTonClp: number;
  /** Water that the recipe asks for, in kilograms for each tonne. */
  readonly waterKgPerTon: number;
  /** Durability of its pellets on a good day, in percent. */
  readonly durabilityPct: number;
}

const ribera = demoCompanies.ribera.id;
const quillay = demoCompanies.quillay.id;

type Row = readonly [string, string, string, number | null, number, number, number];

const feed = (companyId: string, rows: readonly Row[]): DemoFeedProduct[] =>
  rows.map(([sku, name, category, bagKg, pricePerTonClp, waterKgPerTon, durabilityPct]) => ({
    sku,
    name,
    category,
    companyId,
    bagKg,
    pricePerTonClp,
    waterKgPerTon,
    durabilityPct,
  }));

/**
 * The 24 feeds that the demo's plants make, 16 of one company and 8 of the other. They are products of the inventory
 * like any other: its seed lists them among the rest.
 */
export const demoFeedProducts: readonly DemoFeedProduct[] = [
  ...feed(ribera, [
    ['AL-POLLO-PRE-25', 'Alimento pollo preinicial 25 kg', 'Alimento aves', 25, 462_000, 9, 93.5],
    ['AL-POLLO-INI-25', 'Alimento pollo inicial 25 kg', 'Alimento aves', 25, 438_000, 10, 92.8],
    ['AL-POLLO-CRE-25', 'Alimento pollo crecimiento 25 kg', 'Alimento aves', 25, 421_000, 11, 92.1],
    ['AL-POLLO-ENG-GR', 'Alimento pollo engorda granel', 'Alimento aves', null, 398_000, 12, 91.2],
    ['AL-POLLO-FIN-GR', 'Alimento pollo finalizador granel', 'Alimento aves', null, 391_000, 12, 90.9],
    ['AL-PONED-LEV-25', 'Alimento ponedora levante 25 kg', 'Alimento aves', 25, 402_000, 9, 90.4],
    ['AL-PONED-POS-40', 'Alimento ponedora postura 40 kg', 'Alimento aves', 40, 386_000, 8, 89.8],
    ['AL-PAVO-INI-25', 'Alimento pavo inicial 25 kg', 'Alimento aves', 25, 455_000, 10, 92.6],
    ['AL-CERDO-INI-25', 'Alimento cerdo inicial 25 kg', 'Alimento cerdos', 25, 476_000, 11, 93.8],
    ['AL-CERDO-CRE-40', 'Alimento cerdo crecimiento 40 kg', 'Alimento cerdos', 40, 412_000, 12, 92.4],
    ['AL-CERDO-ENG-GR', 'Alimento cerdo engorda granel', 'Alimento cerdos', null, 384_000, 13, 91.5],
    ['AL-CERDO-GES-40', 'Alimento cerda gestación 40 kg', 'Alimento cerdos', 40, 379_000, 12, 90.7],
    ['AL-CERDO-LAC-40', 'Alimento cerda lactancia 40 kg', 'Alimento cerdos', 40, 407_000, 12, 91.9],
    ['AL-TRUCH-CRE-25', 'Alimento trucha crecimiento 25 kg', 'Alimento acuícola', 25, 892_000, 16, 96.2],
    ['AL-TRUCH-ENG-25', 'Alimento trucha engorda 25 kg', 'Alimento acuícola', 25, 861_000, 16, 95.8],
    ['AL-CONEJ-GEN-25', 'Alimento conejo general 25 kg', 'Alimento especies menores', 25, 418_000, 10, 93.1],
  ]),
  ...feed(quillay, [
    ['AQ-VACA-LEC-40', 'Concentrado vaca lechera 40 kg', 'Alimento bovinos', 40, 372_000, 11, 91.0],
    ['AQ-VACA-LEC-GR', 'Concentrado vaca lechera granel', 'Alimento bovinos', null, 351_000, 11, 90.6],
    ['AQ-TERNE-INI-25', 'Concentrado ternero inicial 25 kg', 'Alimento bovinos', 25, 429_000, 9, 92.7],
    ['AQ-NOVIL-ENG-GR', 'Concentrado novillo engorda granel', 'Alimento bovinos', null, 338_000, 12, 89.9],
    ['AQ-OVEJA-MAN-25', 'Concentrado oveja mantención 25 kg', 'Alimento ovinos', 25, 356_000, 10, 90.8],
    ['AQ-CORDE-ENG-25', 'Concentrado cordero engorda 25 kg', 'Alimento ovinos', 25, 374_000, 10, 91.6],
    ['AQ-CABAL-MAN-40', 'Alimento caballo mantención 40 kg', 'Alimento equinos', 40, 433_000, 9, 92.3],
    ['AQ-CABAL-DEP-40', 'Alimento caballo deporte 40 kg', 'Alimento equinos', 40, 519_000, 9, 93.0],
  ]),
];
