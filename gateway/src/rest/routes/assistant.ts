import { z } from 'zod';
import { at, object } from '../answer.ts';
import type { Route } from '../route.ts';

/** Questions and forecasts. */
export const assistantRoutes: readonly Route[] = [
  {
    kind: 'operation',
    method: 'GET',
    path: '/api/ai/query/examples',
    tag: 'assistant',
    summary: 'Questions that can be asked',
    operation: 'ai-examples',
    rules: { locale: z.enum(['es', 'en']) },
    answer: object({ examples: at('assistantExamples.question') }),
  },
  {
    kind: 'planned',
    method: 'POST',
    path: '/api/ai/query',
    tag: 'assistant',
    summary: 'Asks a question in plain words',
    sentence: {
      es: 'El asistente todavía no responde preguntas; los ejemplos están en /api/ai/query/examples.',
      en: 'The assistant does not answer questions yet; examples are at /api/ai/query/examples.',
    },
  },
  {
    kind: 'planned',
    method: 'POST',
    path: '/api/predictions/demand',
    tag: 'predictions',
    summary: 'Forecasts the demand of a product, 1 to 90 days',
    sentence: {
      es: 'El pronóstico de demanda todavía no se ofrece; /api/data/replenishment propone qué pedir.',
      en: 'Demand forecasts are not offered yet; /api/data/replenishment proposes what to order.',
    },
  },
];
