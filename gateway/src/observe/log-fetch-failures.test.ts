import { anonymousViewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import { createLog } from '@cauce/shared/log/create-log';
import { describe, expect, it } from 'vitest';
import { ClientGone } from '../door/deadline.ts';
import { logFetchFailures } from './log-fetch-failures.ts';

describe('the log of failed fetches', () => {
  it('is of subgraphs that failed, and not of people who left a page', () => {
    const lines: Record<string, unknown>[] = [];
    const log = createLog({ name: 'test', level: 'debug', write: (line) => lines.push(JSON.parse(line)) });
    const report = logFetchFailures(log);
    for (const [requestId, cause] of [
      ['left', new ClientGone()],
      ['late', new AppError('TIMEOUT', 'The operation took too long and was ended')],
    ] as const) {
      const scope = { viewer: anonymousViewer, requestId, address: null, signal: AbortSignal.abort(cause) };
      report({ subgraph: 'inventory', cause, scope });
    }
    expect(lines).toMatchObject([{ level: 'error', requestId: 'late', subgraph: 'inventory' }]);
  });
});
