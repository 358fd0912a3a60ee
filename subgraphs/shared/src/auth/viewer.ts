import type { Dashboard, Permission, Role } from './permissions.ts';

/** Rows somebody may reach: everything, or the listed ids and nothing else. */
export type Reach = 'all' | readonly string[];

/**
 * Who is asking, and how far they may see. Made once at the door (the gateway) and carried to every subgraph as an
 * object or inside the signed internal token; nobody downstream reads a header to learn it.
 */
export interface Viewer {
  readonly kind: 'anonymous' | 'user' | 'apiKey' | 'system';
  /** The user's id, the API key's id, or the name of the process. */
  readonly id: string;
  /** The person behind it: the user, or the owner of the key. */
  readonly userId: string | null;
  readonly role: Role | null;
  readonly permissions: readonly Permission[];
  readonly companyIds: Reach;
  readonly siteIds: Reach;
  readonly dashboards: readonly Dashboard[];
  readonly locale: 'es' | 'en';
  /** When the credential ends, in epoch milliseconds; streams are closed then. */
  readonly expiresAtMs: number | null;
  /** What an API key may spend. The door's business: it is not carried on to subgraphs that run elsewhere. */
  readonly quota?: KeyQuota;
  /** Whether an API key is held to its registered documents. As with the quota, the door's business. */
  readonly registeredOnly?: boolean;
}

/** Limits of an API key, in units of cost, and what it had spent on a day when it was looked up. */
export interface KeyQuota {
  readonly unitsPerMinute: number;
  readonly unitsPerDay: number;
  readonly day: string;
  readonly spentThatDay: number;
}

export const anonymousViewer: Viewer = {
  kind: 'anonymous',
  id: 'anonymous',
  userId: null,
  role: null,
  permissions: [],
  companyIds: [],
  siteIds: [],
  dashboards: [],
  locale: 'es',
  expiresAtMs: null,
};

/** The platform itself: jobs, the device intake, the seed. Never made from anything a client sent. */
export function systemViewer(name: string, permissions: readonly Permission[] = []): Viewer {
  return { ...anonymousViewer, kind: 'system', id: name, permissions, companyIds: 'all', siteIds: 'all' };
}

export function can(viewer: Viewer, permission: Permission): boolean {
  return viewer.permissions.includes(permission);
}

export function reaches(reach: Reach, id: string): boolean {
  return reach === 'all' || reach.includes(id);
}

/**
 * Everything that can change what a resolver answers, who is asking included: two viewers with an equal fingerprint
 * may share one upstream, one execution and one cached answer. When the credential ends is not part of it; whoever
 * shares has to let each viewer go when theirs does.
 */
export function rightsFingerprint(viewer: Viewer): string {
  const list = (reach: Reach) => (reach === 'all' ? reach : [...reach].sort());
  const { kind, id, userId, role, locale } = viewer;
  return JSON.stringify([
    ...[kind, id, userId, role, locale],
    [...viewer.permissions].sort(),
    list(viewer.companyIds),
    list(viewer.siteIds),
    [...viewer.dashboards].sort(),
  ]);
}

/**
 * The rights of a viewer, held by nobody in particular and for no set time. For what is shared between viewers of equal
 * rights: no resolver that runs with it can learn whose rights they are, so nothing of one viewer can reach another.
 */
export function withoutIdentity({ quota: _quota, registeredOnly: _held, ...viewer }: Viewer): Viewer {
  return { ...viewer, id: 'shared', userId: null, expiresAtMs: null };
}
