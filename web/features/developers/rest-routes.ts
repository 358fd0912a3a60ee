import { z } from 'zod';

export interface RestRoute {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** False for an address that is promised and answers 501 until then. */
  readonly isOffered: boolean;
}

const operationSchema = z.object({
  summary: z.string().optional(),
  responses: z.record(z.string(), z.unknown()).default({}),
});
const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
const methods = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** The addresses of an OpenAPI document, in its order; null for anything else. */
export function readRoutes(document: unknown): readonly RestRoute[] | null {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) return null;
  return Object.entries(parsed.data.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, raw]) => {
      const operation = methods.has(method) ? operationSchema.safeParse(raw) : null;
      if (!operation?.success) return [];
      const { summary = '', responses } = operation.data;
      const isOffered =
        Object.keys(responses).some((status) => status.startsWith('2')) || !Object.hasOwn(responses, '501');
      return [{ method: method.toUpperCase(), path, summary: summary.replace(/ \(not offered yet\)$/, ''), isOffered }];
    }),
  );
}
