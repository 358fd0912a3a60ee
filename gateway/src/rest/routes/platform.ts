import { z } from 'zod';
import type { Route } from '../route.ts';

const service = z.object({
  status: z.enum(['up', 'down']),
  latency_ms: z.int().meta({ description: 'How long the check took, milliseconds.' }),
});

const health = z.object({
  status: z.enum(['healthy', 'unhealthy']).meta({ description: 'Unhealthy as soon as anything is down.' }),
  timestamp: z.iso.datetime(),
  uptime: z.int().meta({ description: 'Seconds since the process began.' }),
  version: z.string(),
  checks: z.record(z.string(), z.boolean()),
  services: z.record(z.string(), service),
  memory: z.object({ used: z.string(), total: z.string() }),
  metrics: z.record(z.string(), z.number().nullable()),
});

const percentage = (what: string) =>
  z
    .number()
    .min(0)
    .max(100)
    .meta({ description: `${what}, percent.` });

/** Health, figures and the reference itself. */
export const platformRoutes: readonly Route[] = [
  {
    kind: 'own',
    method: 'GET',
    path: '/api/health',
    tag: 'platform',
    summary: 'Whether the platform is well',
    isPublic: true,
    handler: 'health',
    schema: health,
  },
  {
    kind: 'own',
    method: 'GET',
    path: '/api/v1/health/detailed',
    tag: 'platform',
    summary: 'Health with the figures of the moment',
    description: 'Figures of the clinics only for whoever may see clinics; null otherwise.',
    isPublic: true,
    handler: 'healthDetailed',
    schema: health,
  },
  {
    kind: 'own',
    method: 'GET',
    path: '/api/metrics',
    tag: 'platform',
    summary: 'Load of the machine and of the door',
    description: 'Prometheus reads `/metrics`.',
    isPublic: true,
    handler: 'metrics',
    schema: z.object({
      timestamp: z.iso.datetime(),
      cpu_usage: percentage('Load of the last minute over all cores'),
      memory_usage: percentage('Memory in use on the machine'),
      disk_usage: percentage('The disk that holds uploads and data').nullable(),
      active_sessions: z.int().meta({ description: 'Live connections of this process.' }),
      total_requests: z.int().meta({ description: 'Answered by this process since it began.' }),
      error_rate: percentage('Of those, failed on our side'),
    }),
  },
  {
    kind: 'own',
    method: 'GET',
    path: '/api/openapi.json',
    tag: 'platform',
    summary: 'This reference',
    isPublic: true,
    handler: 'openApi',
    schema: z.record(z.string(), z.unknown()),
  },
  {
    kind: 'own',
    method: 'GET',
    path: '/api/data',
    tag: 'data',
    summary: 'The tables, with their columns and filters',
    isPublic: true,
    handler: 'datasets',
    schema: z.object({
      data: z.array(
        z.object({
          name: z.string(),
          title: z.string(),
          href: z.string(),
          columns: z.array(z.object({ name: z.string(), kind: z.string(), description: z.string().nullable() })),
          parameters: z.array(z.object({ name: z.string(), isRequired: z.boolean() })),
        }),
      ),
    }),
  },
  {
    kind: 'planned',
    method: 'POST',
    path: '/api/query',
    tag: 'assistant',
    summary: 'Asks a question in plain words about production data',
    sentence: {
      es: 'Las preguntas en lenguaje natural todavía no se ofrecen; use /api/data o GraphQL.',
      en: 'Questions in plain words are not offered yet; use /api/data or GraphQL.',
    },
  },
];
