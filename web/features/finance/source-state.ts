import type { SourceStatusFragment } from '../../graphql/generated/graphql.ts';
import type { StateTone } from '../../ui/state-tag.tsx';

export type SourceState = 'upToDate' | 'running' | 'overdue' | 'incomplete' | 'failed' | 'paused' | 'never';

export const sourceTones: Readonly<Record<SourceState, StateTone>> = {
  upToDate: 'ok',
  running: 'brand',
  overdue: 'attention',
  incomplete: 'attention',
  failed: 'fault',
  paused: 'neutral',
  never: 'neutral',
};

/** The one thing to know about a source now, what needs somebody first. */
export function sourceState({ source, lastRun, isOverdue, silentAgents }: SourceStatusFragment): SourceState {
  if (!source.isActive) return 'paused';
  if (lastRun?.status === 'RUNNING') return 'running';
  if (lastRun?.status === 'FAILED') return 'failed';
  if (isOverdue || silentAgents > 0) return 'overdue';
  if (lastRun?.status === 'INCOMPLETE') return 'incomplete';
  return lastRun === null ? 'never' : 'upToDate';
}
