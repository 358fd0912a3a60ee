import { defineJob } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { commitImport, previewImport, undoImport } from './run-import.ts';

const steps = { PREVIEW: previewImport, COMMIT: commitImport, UNDO: undoImport } as const;

/** The work of imports, aside from requests: each step can be begun again after a worker died. */
export function createImportJob(deps: Pick<Deps, 'db' | 'settings' | 'clock'>) {
  return defineJob({
    name: 'inventory.run-import',
    data: z.object({ importId: z.uuid(), step: z.enum(['PREVIEW', 'COMMIT', 'UNDO']) }),
    retryLimit: 2,
    expireInSeconds: 600,
    handle: async ({ importId, step }, run) => {
      await steps[step](deps, importId, run);
    },
  });
}
export type ImportJob = ReturnType<typeof createImportJob>;
