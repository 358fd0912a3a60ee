import { demoId } from '../demo-id.ts';
import { demoCompanies } from '../demo-places.ts';
import { createRandom } from '../random.ts';
import { installationOf } from './products.ts';
import type { TableRows } from './rows.ts';

export interface SeedCustomer {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
}

const trades = [
  'Agrícola',
  'Avícola',
  'Lechería',
  'Criadero',
  'Frutícola',
  'Ganadera',
  'Maestranza',
  'Transportes',
  'Molinos',
  'Servicios',
  'Comercial',
  'Forestal',
] as const;
const places = [
  'Los Robles',
  'El Peumal',
  'Santa Amelia',
  'Río Turbio',
  'Las Quilas',
  'Tres Esteros',
  'Monte Alegre',
  'La Vertiente',
  'Los Coligües',
  'El Mirador',
  'Puente Viejo',
  'San Evaristo',
] as const;
const forms = ['Ltda.', 'SpA', 'y Cía.', 'E.I.R.L.'] as const;

/** The customers of both companies, the best ones first. */
export function makeCustomers(): SeedCustomer[] {
  return [
    { companyId: demoCompanies.ribera.id, count: 340 },
    { companyId: demoCompanies.quillay.id, count: 80 },
  ].flatMap(({ companyId, count }) => {
    const random = createRandom(`inventory.customers.${companyId}`);
    return Array.from({ length: count }, (_, index) => ({
      id: demoId('customer', `${companyId}:${index}`),
      companyId,
      name: `${random.pick(trades)} ${random.pick(places)} ${random.pick(forms)}`,
    }));
  });
}

/** The customers as rows. Some lack what a form would ask for, as in any ERP. */
export function customerTable(customers: readonly SeedCustomer[], syncedAt: string): TableRows {
  const random = createRandom('inventory.customers.rows');
  return {
    table: 'erp_clientes',
    columns: {
      id: 'uuid',
      erp_id: 'text',
      nombre: 'text',
      rfc: 'text',
      email: 'text',
      telefono: 'text',
      direccion: 'text',
      company_id: 'uuid',
      installation_id: 'uuid',
      last_synced_at: 'timestamptz',
      is_active: 'boolean',
    },
    rows: customers.map(({ id, companyId, name }, index) => {
      const number = String(index).padStart(4, '0');
      return [
        id,
        String(20_000 + index),
        name,
        // The check digit of a Chilean tax id is never X: this is nobody's.
        random.chance(0.06) ? null : `9000${number}-X`,
        random.chance(0.2) ? null : `compras@cliente-${number}.example`,
        random.chance(0.3) ? null : `+56 9 5550 ${number}`,
        `Camino ${random.pick(places)} km ${random.int(1, 60)}`,
        companyId,
        installationOf(companyId),
        syncedAt,
        !random.chance(0.05),
      ];
    }),
  };
}
