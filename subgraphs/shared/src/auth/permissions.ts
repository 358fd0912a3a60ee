/**
 * Every permission there is. A permission names a domain and a verb; fields and services ask for one of these and
 * for nothing else. Adding one here and to the roles below is all that a new action needs.
 */
export const permissions = [
  'access:read',
  'access:write',
  'audit:read',
  'webhooks:write',
  'production:read',
  'production:write',
  'inventory:read',
  'inventory:write',
  'sync:trigger',
  'predictions:read',
  'clinics:read',
  'clinics:write',
  'patients:read',
  'telemetry:read',
  'telemetry:write',
  'telemetry:ingest',
  'compliance:submit',
  'finance:read',
  'finance:write',
  'etl:trigger',
  'ai-query:execute',
  'uploads:write',
  'platform:inspect',
] as const;

export type Permission = (typeof permissions)[number];

export const roles = ['ADMIN', 'MANAGER', 'ANALYST', 'USER', 'VIEWER'] as const;
export type Role = (typeof roles)[number];

export const dashboards = ['CEO', 'CFO', 'LEADERS', 'PLANT', 'WAREHOUSE', 'CLINIC', 'WATER'] as const;
export type Dashboard = (typeof dashboards)[number];

const viewing: readonly Permission[] = [
  'production:read',
  'inventory:read',
  'clinics:read',
  'telemetry:read',
  'finance:read',
];
const using: readonly Permission[] = [...viewing, 'predictions:read', 'ai-query:execute'];
const analysing: readonly Permission[] = [...using, 'patients:read', 'uploads:write'];
const managing: readonly Permission[] = [
  ...analysing,
  'access:read',
  'webhooks:write',
  'production:write',
  'inventory:write',
  'sync:trigger',
  'clinics:write',
  'telemetry:write',
  'telemetry:ingest',
  'compliance:submit',
  'finance:write',
  'etl:trigger',
];

/** What each role may do. Which rows it may do it to is decided by the companies and sites of the person. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  ADMIN: permissions,
  MANAGER: managing,
  ANALYST: analysing,
  USER: using,
  VIEWER: viewing,
};
