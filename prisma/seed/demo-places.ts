import { demoId } from './demo-id.ts';

export type SiteKind = 'PLANT' | 'WAREHOUSE' | 'CLINIC' | 'CATCHMENT_AREA' | 'OFFICE';

export interface DemoCompany {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly taxId: string;
  readonly currency: string;
  readonly timeZone: string;
}

export interface DemoSite {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly companyId: string;
  readonly timeZone: string;
  readonly latitude: number;
  readonly longitude: number;
}

const company = (code: string, name: string, taxId: string): DemoCompany => ({
  id: demoId('company', code),
  code,
  name,
  taxId,
  currency: 'CLP',
  timeZone: 'America/Santiago',
});

/** The two invented companies of the demo. Everything that the demo shows belongs to one of them. */
export const demoCompanies = {
  ribera: company('RIBERA', 'Grupo Ribera', '11111111-1'),
  quillay: company('QUILLAY', 'Agrícola Quillay', '22222222-2'),
} as const;

const site = (
  code: string,
  name: string,
  kind: SiteKind,
  owner: DemoCompany,
  latitude: number,
  longitude: number,
): DemoSite => ({
  id: demoId('site', code),
  code,
  name,
  kind,
  companyId: owner.id,
  timeZone: owner.timeZone,
  latitude,
  longitude,
});

/**
 * Eight places of every kind. Planta Norte is where the systems meet: it makes feed, stocks parts, has its own
 * polyclinic and wells, so its overview shows all five. Planta Quillay is the other company's counterpart.
 */
export const demoSites = {
  plantaNorte: site('PLANTA-NORTE', 'Planta Norte', 'PLANT', demoCompanies.ribera, -32.79, -71.2),
  plantaSur: site('PLANTA-SUR', 'Planta Sur', 'PLANT', demoCompanies.ribera, -36.61, -72.1),
  bodegaCentral: site('BODEGA-CENTRAL', 'Bodega Central', 'WAREHOUSE', demoCompanies.ribera, -33.44, -70.78),
  clinicaCentro: site('CLINICA-CENTRO', 'Clínica Centro', 'CLINIC', demoCompanies.ribera, -33.45, -70.65),
  cuencaAconcagua: site('CUENCA-ACONCAGUA', 'Cuenca Aconcagua', 'CATCHMENT_AREA', demoCompanies.ribera, -32.83, -70.95),
  oficinaCentral: site('OFICINA-CENTRAL', 'Oficina Central', 'OFFICE', demoCompanies.ribera, -33.42, -70.61),
  plantaQuillay: site('PLANTA-QUILLAY', 'Planta Quillay', 'PLANT', demoCompanies.quillay, -35.43, -71.66),
  cuencaMaule: site('CUENCA-MAULE', 'Cuenca Maule', 'CATCHMENT_AREA', demoCompanies.quillay, -35.6, -71.5),
} as const;
