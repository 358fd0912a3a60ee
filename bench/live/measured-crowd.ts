import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { CrowdMessage, CrowdReport, CrowdTask } from './measured-subscribers.ts';

/** Subscribers in a process of their own that time what they are sent. */
export interface MeasuredCrowd {
  /** Of everything since the last report. */
  report(): Promise<CrowdReport>;
  stop(): Promise<void>;
}

/** Resolves when all of them are subscribed. */
export async function gatherMeasuredCrowd(task: CrowdTask): Promise<MeasuredCrowd> {
  const child = fork(new URL('measured-subscribers.ts', import.meta.url));
  const next = (kind: CrowdMessage['kind']) =>
    new Promise<CrowdMessage>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`The subscribers ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (message: CrowdMessage) => {
        child.off('exit', ended);
        if (message.kind === kind) resolve(message);
        else reject(new Error(`The subscribers said ${message.kind}`));
      });
    });
  const ready = next('ready');
  child.send(task);
  await ready;
  return {
    async report() {
      const answer = next('report');
      child.send({ kind: 'report' });
      const message = await answer;
      if (message.kind !== 'report') throw new Error('The subscribers gave no report');
      return message.report;
    },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
