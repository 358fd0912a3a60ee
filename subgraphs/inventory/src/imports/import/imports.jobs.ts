import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { commitImport } from './commit-import.ts';
import { mostAttempts, type StepDeps, workStep } from './import-step.ts';
import { previewImport } from './preview-import.ts';
import { setAsideDoubles } from './set-aside-doubles.ts';
import { settleImports } from './settle-imports.ts';
import { undoImport } from './undo-import.ts';

const steps = { PREVIEW: previewImport, COMMIT: commitImport, UNDO: undoImport } as const;

/** The work of imports, aside from requests: each step can be begun again after a worker died. */
export function createImportJob(deps: StepDeps) {
  return defineJob({
    name: 'inventory.run-import',
    data: z.object({ importId: z.uuid(), step: z.enum(['PREVIEW', 'COMMIT', 'UNDO']) }),
    retryLimit: mostAttempts - 1,
    expireInSeconds: 600,
    handle: ({ importId, step }, run) => workStep(deps, { importId, step, work: steps[step] }, run),
  });
}
export type ImportJob = ReturnType<typeof createImportJob>;

/** Takes up, each minute, what workers that died have left, and sets aside what an ERP has brought since. */
export function createSettleJob(deps: StepDeps & Pick<Deps, 'jobs'>, job: ImportJob): JobDefinition {
  return defineJob({
    name: 'inventory.settle-imports',
    data: z.object({}).loose(),
    retryLimit: 0,
    cron: { expression: '* * * * *', timeZone: 'UTC' },
    handle: async () => {
      await settleImports(deps, job);
      await setAsideDoubles(deps);
    },
  });
}
