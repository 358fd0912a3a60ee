import type { Viewer } from '@cauce/shared/auth/viewer';

/** The name under which an operation of a viewer is measured. */
export type MeasuredName = (name: string | null, viewer: Pick<Viewer, 'kind'>) => string;

/**
 * Bounds the names that become labels of metrics. Those given are always known; beyond them the first so many that
 * anybody signed in uses. The rest is `other`, and an operation without a name `anonymous`: strangers decide on no
 * series, and nobody on how many there are.
 */
export function createMeasuredNames(known: ReadonlySet<string>, maxLearned = 200): MeasuredName {
  const learned = new Set<string>();
  return (name, viewer) => {
    if (name === null) return 'anonymous';
    if (known.has(name) || learned.has(name)) return name;
    if (viewer.kind === 'anonymous' || learned.size >= maxLearned || name.length > 64) return 'other';
    learned.add(name);
    return name;
  };
}
