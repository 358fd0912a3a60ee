import { demoId } from './demo-id.ts';
import { type DemoCompany, type DemoSite, demoCompanies, demoSites } from './demo-places.ts';

export interface DemoPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'ADMIN' | 'MANAGER' | 'ANALYST' | 'USER' | 'VIEWER';
  readonly locale: 'es' | 'en';
  readonly companies: readonly DemoCompany[];
  readonly sites: readonly DemoSite[];
  readonly dashboards: readonly DemoDashboard[];
}

export type DemoDashboard = 'CEO' | 'CFO' | 'LEADERS' | 'PLANT' | 'WAREHOUSE' | 'CLINIC' | 'WATER';

/** The password of everybody in the demo, printed when it starts. Production mode makes no demo people. */
export const demoPassword = 'cauce-rio-abajo';

const { ribera, quillay } = demoCompanies;
const { plantaNorte, plantaSur, bodegaCentral, clinicaCentro, cuencaAconcagua, oficinaCentral } = demoSites;
const { plantaQuillay, cuencaMaule } = demoSites;
const riberaSites = [plantaNorte, plantaSur, bodegaCentral, clinicaCentro, cuencaAconcagua, oficinaCentral];
const quillaySites = [plantaQuillay, cuencaMaule];

type Given = Partial<Pick<DemoPerson, 'locale' | 'companies' | 'sites' | 'dashboards'>>;

const person = (account: string, name: string, role: DemoPerson['role'], given: Given): DemoPerson => ({
  id: demoId('user', account),
  email: `${account}@cauce.example`,
  name,
  role,
  locale: 'es',
  companies: given.sites?.every(({ companyId }) => companyId === quillay.id) ? [quillay] : [ribera],
  sites: [],
  dashboards: [],
  ...given,
});

/** 25 invented people: each role, each kind of site, both companies and one who works for both. */
export const demoPeople: readonly DemoPerson[] = [
  person('admin', 'Isidora Valdés Mackay', 'ADMIN', { companies: [] }),
  person('gerente', 'Rodrigo Echeverría Lagos', 'MANAGER', {
    sites: riberaSites,
    dashboards: ['CEO', 'LEADERS', 'PLANT', 'WAREHOUSE', 'CLINIC', 'WATER'],
  }),
  person('cfo', 'Catalina Undurraga Prieto', 'ANALYST', { sites: riberaSites, dashboards: ['CEO', 'CFO', 'LEADERS'] }),
  person('planta', 'Héctor Sanhueza Molina', 'MANAGER', { sites: [plantaNorte], dashboards: ['PLANT'] }),
  person('bodega', 'Marcela Poblete Riquelme', 'MANAGER', { sites: [bodegaCentral], dashboards: ['WAREHOUSE'] }),
  person('recepcion', 'Javiera Cifuentes Soto', 'MANAGER', {
    sites: [clinicaCentro, plantaNorte],
    dashboards: ['CLINIC'],
  }),
  person('agua', 'Tomás Huenchumilla Reyes', 'MANAGER', {
    sites: [cuencaAconcagua, plantaNorte],
    dashboards: ['WATER'],
  }),
  person('quillay', 'Fernanda Bascuñán Ortiz', 'MANAGER', {
    sites: quillaySites,
    dashboards: ['CEO', 'LEADERS', 'PLANT', 'WATER'],
  }),
  person('analista', 'Benjamín Carrasco Fuentes', 'ANALYST', { sites: riberaSites, dashboards: ['LEADERS', 'PLANT'] }),
  person('directorio', 'Margaret Ellison', 'VIEWER', {
    locale: 'en',
    companies: [ribera, quillay],
    sites: [...riberaSites, ...quillaySites],
    dashboards: ['CEO', 'CFO', 'LEADERS'],
  }),
  person('plantasur', 'Ximena Navarrete Cid', 'MANAGER', { sites: [plantaSur], dashboards: ['PLANT'] }),
  person('turno.norte', 'Luis Catrileo Paine', 'USER', { sites: [plantaNorte], dashboards: ['PLANT'] }),
  person('turno.sur', 'Paola Villagra Henríquez', 'USER', { sites: [plantaSur], dashboards: ['PLANT'] }),
  person('calidad', 'Andrea Mellado Concha', 'ANALYST', { sites: [plantaNorte, plantaSur], dashboards: ['PLANT'] }),
  person('mantencion', 'Óscar Leiva Bustamante', 'USER', {
    sites: [plantaNorte, bodegaCentral],
    dashboards: ['PLANT'],
  }),
  person('despacho', 'Camila Orellana Vera', 'USER', { sites: [bodegaCentral], dashboards: ['WAREHOUSE'] }),
  person('compras', 'Gonzalo Iturra Espinoza', 'ANALYST', {
    sites: [bodegaCentral, plantaNorte],
    dashboards: ['WAREHOUSE'],
  }),
  person('enfermeria', 'Daniela Quezada Arriagada', 'ANALYST', { sites: [clinicaCentro], dashboards: ['CLINIC'] }),
  person('admision', 'Felipe Zamorano Díaz', 'USER', { sites: [clinicaCentro], dashboards: ['CLINIC'] }),
  person('pozos', 'Rosa Marín Antilef', 'USER', { sites: [cuencaAconcagua], dashboards: ['WATER'] }),
  person('contabilidad', 'Patricio Alarcón Neira', 'ANALYST', { sites: [oficinaCentral], dashboards: ['CFO'] }),
  person('personas', 'Valentina Riffo Castro', 'VIEWER', { sites: [oficinaCentral], dashboards: ['LEADERS'] }),
  person('auditoria', 'Ignacio Yáñez Larraín', 'VIEWER', { sites: riberaSites, dashboards: ['LEADERS'] }),
  person('turno.quillay', 'Soledad Moraga Pinto', 'USER', { sites: [plantaQuillay], dashboards: ['PLANT'] }),
  person('riego', 'Nicolás Aravena Cuevas', 'ANALYST', { sites: [cuencaMaule], dashboards: ['WATER'] }),
];
