import type { DomainEvent } from '@cauce/shared/events/domain-event';

/** As Postgres writes an id. Another writing of the same id would be another tag, and an event would miss it. */
const canonicalId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Tags of a value made from one entity of a topic; from any of them when its id is not known for certain. */
export function entityTags(topic: string, id: unknown): readonly string[] {
  return typeof id === 'string' && canonicalId.test(id) ? [topic, `${topic} ${id}`] : anyTags(topic);
}

/** Tags of a value that any entity of a topic may have a part in. */
export function anyTags(topic: string): readonly string[] {
  return [topic, `${topic} *`];
}

/** A tag of everything that is kept of one subgraph. */
export function subgraphTag(subgraph: string): string {
  return `@${subgraph}`;
}

/** The tags of what an event makes old: its entity, and what any entity may have a part in. */
export function changedTags({ topic, key }: Pick<DomainEvent, 'topic' | 'key'>): readonly string[] {
  return canonicalId.test(key) ? [`${topic} ${key}`, `${topic} *`] : [topic];
}
