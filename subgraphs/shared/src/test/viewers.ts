import { randomUUID } from 'node:crypto';
import { type Dashboard, dashboards, type Role, rolePermissions } from '../auth/permissions.ts';
import { anonymousViewer, type Reach, type Viewer } from '../auth/viewer.ts';

export interface TestViewerOptions {
  readonly role?: Role;
  readonly userId?: string;
  /** Nothing by default: a test says what its viewer reaches. */
  readonly companyIds?: Reach;
  readonly siteIds?: Reach;
  readonly dashboards?: readonly Dashboard[];
  readonly locale?: 'es' | 'en';
}

/** A person who has signed in, with the permissions of the role; a manager by default. */
export function testViewer(options: TestViewerOptions = {}): Viewer {
  const userId = options.userId ?? randomUUID();
  const role = options.role ?? 'MANAGER';
  return {
    ...anonymousViewer,
    kind: 'user',
    id: userId,
    userId,
    role,
    permissions: rolePermissions[role],
    companyIds: options.companyIds ?? [],
    siteIds: options.siteIds ?? [],
    dashboards: options.dashboards ?? dashboards,
    locale: options.locale ?? 'es',
    expiresAtMs: Date.now() + 900_000,
  };
}

/** An administrator, who reaches every row. */
export function testAdmin(): Viewer {
  return testViewer({ role: 'ADMIN', companyIds: 'all', siteIds: 'all' });
}

/** Somebody with every permission and no row: whatever they see was leaked. */
export function testOutsider(): Viewer {
  return testViewer({ role: 'ADMIN', companyIds: [randomUUID()], siteIds: [randomUUID()] });
}
