import { z } from 'zod';
import { alertSeverities, ruleKinds } from '../alerts/alert.ts';
import { variableKinds } from '../variables/variable-kinds.ts';

export const saveRuleSchema = z.object({
  id: z.uuid().nullish(),
  companyId: z.uuid().nullish(),
  pointId: z.uuid().nullish(),
  kind: z.enum(ruleKinds),
  variable: z.enum(variableKinds).nullish(),
  name: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .regex(/^\P{C}*$/u, 'must hold no control characters'),
  severity: z.enum(alertSeverities).nullish(),
  /** Parsed by the kind's own schema. */
  parameters: z.unknown().optional(),
  isActive: z.boolean().nullish(),
});

export type SaveRuleInput = z.output<typeof saveRuleSchema>;
