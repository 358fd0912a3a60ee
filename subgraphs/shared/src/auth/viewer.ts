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
 * The rights that decide what an answer may contain. Two viewers with an equal fingerprint may share one upstream,
 * one execution and one cached answer.
 */
export function rightsFingerprint(viewer: Viewer): string {
  const list = (reach: Reach) => (reach === 'all' ? '*' : [...reach].sort().join(','));
  return [
    viewer.kind === 'anonymous' ? 'anonymous' : (viewer.userId ?? viewer.id),
    [...viewer.permissions].sort().join(','),
    list(viewer.companyIds),
    list(viewer.siteIds),
    [...viewer.dashboards].sort().join(','),
  ].join('|');
}
