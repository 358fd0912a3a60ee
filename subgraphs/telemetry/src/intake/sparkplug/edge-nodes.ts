import type { SparkplugMetric, SparkplugPayload } from './decode-payload.ts';

/** A named value of a device or edge node. */
export interface NamedValue {
  readonly name: string;
  readonly timestampMs: number | null;
  readonly value: SparkplugMetric['value'];
}

/** What came of a message: its values by name, and what is missing to understand the rest of it. */
export interface EdgeOutcome {
  readonly values: readonly NamedValue[];
  /** Metrics whose birth was not seen. */
  readonly nameless: readonly SparkplugMetric[];
  /** The edge node has to be born again before it can be understood. */
  readonly needsRebirth: boolean;
}

export interface EdgeMessage {
  readonly group: string;
  readonly edge: string;
  /** Null for what the edge node says of itself. */
  readonly device: string | null;
  readonly type: 'NBIRTH' | 'NDEATH' | 'NDATA' | 'DBIRTH' | 'DDEATH' | 'DDATA';
  readonly payload: SparkplugPayload;
}

export interface EdgeNodes {
  take(message: EdgeMessage): EdgeOutcome;
  /** Forgets all births, for example when messages may have been missed. */
  forget(): void;
}

interface EdgeNode {
  /** Number of the birth; a death counts only for the birth of its number. */
  readonly bdSeq: number | null;
  seq: number;
  /** A message was missed: a device may have been born again with other aliases. */
  isTorn: boolean;
  readonly names: Map<string, string>;
  readonly devices: Set<string>;
}

/**
 * Follows the sessions of Sparkplug B edge nodes: births give the names behind aliases, every message has the number
 * after the one before (0 to 255, round and round), and what does not fit calls for a new birth. Values that carry
 * their name are taken as long as the node is alive, also after a gap; an alias is trusted only without one.
 */
export function createEdgeNodes(): EdgeNodes {
  const nodes = new Map<string, EdgeNode>();
  return {
    take: (message) => {
      const { group, edge, type, payload } = message;
      const key = `${group}/${edge}`;
      if (type === 'NBIRTH') {
        const node = born(payload);
        nodes.set(key, node);
        return named(node, payload.metrics);
      }
      const node = nodes.get(key);
      if (type === 'NDEATH') {
        if (node !== undefined && node.bdSeq === bdSeqOf(payload)) nodes.delete(key);
        return nothing;
      }
      if (node === undefined) return { values: [], nameless: readable(payload.metrics), needsRebirth: true };
      const isNext = payload.seq === (node.seq + 1) % 256;
      if (!isNext) node.isTorn = true;
      node.seq = payload.seq ?? node.seq;
      const outcome = takeInSession(node, message);
      return isNext ? outcome : { ...outcome, needsRebirth: true };
    },
    forget: () => nodes.clear(),
  };
}

const nothing: EdgeOutcome = { values: [], nameless: [], needsRebirth: false };

function takeInSession(node: EdgeNode, { type, device, payload }: EdgeMessage): EdgeOutcome {
  if (type === 'NDATA' || device === null) return named(node, payload.metrics);
  if (type === 'DBIRTH') {
    node.devices.add(device);
    learn(node.names, payload.metrics);
    return named(node, payload.metrics);
  }
  if (type === 'DDEATH') {
    node.devices.delete(device);
    return nothing;
  }
  if (!node.devices.has(device)) return { values: [], nameless: readable(payload.metrics), needsRebirth: true };
  return named(node, payload.metrics);
}

function born(payload: SparkplugPayload): EdgeNode {
  const names = new Map<string, string>();
  learn(names, payload.metrics);
  return { bdSeq: bdSeqOf(payload), seq: payload.seq ?? 0, isTorn: false, names, devices: new Set() };
}

function learn(names: Map<string, string>, metrics: readonly SparkplugMetric[]): void {
  for (const { name, alias } of metrics) if (name !== null && alias !== null) names.set(alias, name);
}

function bdSeqOf({ metrics }: SparkplugPayload): number | null {
  const value = metrics.find(({ name }) => name === 'bdSeq')?.value;
  return typeof value === 'number' ? value : null;
}

function named(node: EdgeNode, metrics: readonly SparkplugMetric[]): EdgeOutcome {
  const values: NamedValue[] = [];
  const nameless: SparkplugMetric[] = [];
  for (const metric of readable(metrics)) {
    const known = node.isTorn || metric.alias === null ? undefined : node.names.get(metric.alias);
    const name = metric.name ?? known;
    if (name === undefined) nameless.push(metric);
    else if (!isControl(name)) values.push({ name, timestampMs: metric.timestampMs, value: metric.value });
  }
  return { values, nameless, needsRebirth: nameless.length > 0 };
}

/** Without what measures nothing in any case. */
function readable(metrics: readonly SparkplugMetric[]): readonly SparkplugMetric[] {
  return metrics.filter(({ name, value }) => value !== undefined && (name === null || !isControl(name)));
}

function isControl(name: string): boolean {
  return name === 'bdSeq' || /^(?:Node|Device) Control\//.test(name);
}
