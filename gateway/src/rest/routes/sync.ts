import { z } from 'zod';
import { at, computed, object, valueAt } from '../answer.ts';
import type { Route } from '../route.ts';

/** Names that the source system gives to what is copied. */
const spanishNames: Readonly<Record<string, string>> = {
  PRODUCTS: 'productos',
  STOCK: 'inventario',
  SALES: 'ventas',
  CUSTOMERS: 'clientes',
  MOVEMENTS: 'movimientos',
  WAREHOUSES: 'almacenes',
  PRICES: 'precios',
};

const cron = z
  .record(z.string(), z.string().nullable())
  .meta({ description: 'Cron expression by what is copied; the first installation’s where there are several.' });
const lastTimes = z
  .record(z.string(), z.string().nullable())
  .meta({ description: 'When each was last copied completely; the oldest where there are several installations.' });

/** The copy of the ERP. */
export const syncRoutes: readonly Route[] = [
  {
    kind: 'operation',
    method: 'GET',
    path: '/api/sync/status',
    tag: 'sync',
    summary: 'The last ten copies, the schedule, and how fresh each table is',
    operation: 'sync-status',
    answer: object({
      jobs: at('syncStatus.jobs'),
      schedule: computed(cron, ({ data }) => byEntity(valueAt(data, 'syncStatus.schedules'), 'cron', (first) => first)),
      lastSync: computed(lastTimes, ({ data }) => byEntity(valueAt(data, 'syncStatus.lastSync'), 'completedAt', older)),
    }),
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/sync/productos',
    tag: 'sync',
    summary: 'Copies products now',
    description: 'Asks for a run; how far it is stands at `/api/sync/status`. Who reaches several ERPs names one.',
    operation: 'sync-products',
    status: 202,
    answer: object({ job: at('startSync') }),
    example: {},
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/sync/full',
    tag: 'sync',
    summary: 'Copies everything now',
    description: 'Asks for a full run of each kind of row that has none under way. Who reaches several ERPs names one.',
    operation: 'sync-full',
    status: 202,
    answer: object({ jobs: at('startFullSync.jobs') }),
    example: {},
  },
];

function byEntity(
  rows: unknown,
  field: string,
  join: (one: string | null, other: string | null) => string | null,
): Record<string, string | null> {
  const result: Record<string, string | null> = {};
  for (const row of Array.isArray(rows) ? rows : []) {
    const entity = String(Reflect.get(row, 'entity'));
    const name = spanishNames[entity] ?? entity.toLowerCase();
    const value = Reflect.get(row, field);
    const text = typeof value === 'string' ? value : null;
    result[name] = name in result ? join(result[name] ?? null, text) : text;
  }
  return result;
}

function older(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return null;
  return one < other ? one : other;
}
