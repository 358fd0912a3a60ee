import { recordAudit } from '@cauce/shared/audit/audit';
import { dashboards } from '@cauce/shared/auth/permissions';
import { createIdLoader } from '@cauce/shared/db/create-loader';
import { AppError } from '@cauce/shared/errors/app-error';
import { Conflict } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { z } from 'zod';
import type { Definition, DefinitionStore } from './definition.store.ts';

/** What each metric means: one list, held by whoever reaches every company. */
export interface Definitions {
  all(): Promise<readonly Definition[]>;
  byId(id: string): Promise<Definition | null>;
  /** Adds a definition or changes the one of that name. Throws `ValidationFailed` or `Conflict`. */
  save(input: unknown): Promise<Definition>;
}

const inputSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{1,62}$/, 'lower case letters, digits and underscores'),
  labelEs: z.string().trim().min(1).max(80),
  labelEn: z.string().trim().min(1).max(80),
  description: z.string().trim().max(1_000).nullish(),
  unit: z.string().trim().min(1).max(16),
  additivity: z.enum(['ADDITIVE', 'RATIO', 'SNAPSHOT']),
  isHigherBetter: z.boolean().nullish(),
  dashboards: z.array(z.enum(dashboards)).max(dashboards.length),
  isActive: z.boolean().nullish(),
});

export function createDefinitions({ store, actor }: { store: DefinitionStore; actor: RequestScope }): Definitions {
  const byId = createIdLoader((ids) => store.byIds(ids));
  return {
    all: () => store.all(),
    byId: (id) => byId.load(id),
    save: async (input) => {
      // It changes what every company reads, so holding one company's finances is not enough.
      if (actor.viewer.companyIds !== 'all') {
        throw new AppError('FORBIDDEN', 'Metric definitions are shared by all companies');
      }
      const data = parseInput(inputSchema, input);
      return store.transaction(async (tx) => {
        const before = await store.byName(tx, data.name);
        if (before !== null && (before.unit !== data.unit || before.additivity !== data.additivity)) {
          throw new Conflict('MEANING_FIXED', 'Unit and additivity of a metric cannot change: its values would lie');
        }
        const { dashboards: tabs, description, isHigherBetter, isActive, ...rest } = data;
        const saved = await store.save(
          tx,
          {
            ...rest,
            description: description ?? '',
            isHigherBetter: isHigherBetter ?? null,
            isActive: isActive ?? true,
          },
          [...new Set(tabs)],
        );
        await recordAudit(tx, actor, {
          action: 'finance.saveMetricDefinition',
          entityType: 'MetricDefinition',
          entityId: saved.id,
          before,
          after: saved,
        });
        return saved;
      });
    },
  };
}
