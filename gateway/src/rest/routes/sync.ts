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
};

const cron = z
  .record(z.string(), z.string().nullable())
  .meta({ description: 'Cron expression by what is copied; the first installation’s where there are several.' });
const lastTimes = z
  .record(z.string(), z.string().nullable())
  .meta({ description: 'When each was last copied completely; the oldest where there are several installations.' });

const planned = (path: string, summary: string): Route => ({
  kind: 'planned',
  method: 'POST',
  path,
  tag: 'sync',
  summary,
  sentence: {
    es: 'Iniciar una sincronización todavía no se ofrece; su estado está en /api/sync/status.',
    en: 'Starting a copy from the ERP is not offered yet; its state is at /api/sync/status.',
  },
});

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
  planned('/api/sync/productos', 'Copies products now'),
  planned('/api/sync/full', 'Copies everything now'),
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
