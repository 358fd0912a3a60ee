import { type Dashboard, dashboards, type Role, roles } from '@cauce/shared/auth/permissions';
import type { KeyQuota } from '@cauce/shared/auth/viewer';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';

/** A credential that stands, and what its owner holds at this moment. */
export interface StandingCredential {
  readonly user: OwnerRights;
  /** Null for a session. */
  readonly key: KeyRights | null;
  readonly expiresAt: Date | null;
}

export interface OwnerRights {
  readonly id: string;
  readonly role: Role;
  readonly locale: 'es' | 'en';
  readonly version: number;
  /** The password was set by somebody else and has not been changed yet. */
  readonly mustChangePassword: boolean;
  readonly companyIds: readonly string[];
  readonly siteIds: readonly string[];
  readonly dashboards: readonly Dashboard[];
}

export interface KeyRights {
  readonly id: string;
  readonly quota: KeyQuota;
  readonly scopes: readonly string[];
  readonly companyIds: readonly string[];
  /** Only sites of those companies. */
  readonly siteIds: readonly string[];
  /** It runs its registered documents and nothing else. */
  readonly registeredOnly: boolean;
}

/** Looks credentials up, each in one statement: it stands on the way of every request. */
export function createViewerStore({ db, clock }: Pick<Deps, 'db' | 'clock'>) {
  return {
    async session(userId: string, familyId: string): Promise<StandingCredential | null> {
      const { rows } = await db.pool.query({
        name: 'access-session-viewer',
        text: sessionSql,
        values: [familyId, userId, clock.now()],
      });
      return readRow(rows[0]);
    },
    async apiKey(keyId: string, secretHash: string): Promise<StandingCredential | null> {
      const { rows } = await db.pool.query({
        name: 'access-key-viewer',
        text: apiKeySql,
        values: [keyId, secretHash, clock.now()],
      });
      return readRow(rows[0]);
    },
  };
}

const rightsSql = `
  u.id::text AS user_id, u.role::text, u.locale::text, u.permissions_version,
  u.password_changed_at IS NULL AS must_change_password,
  ARRAY(SELECT uc.company_id::text FROM access.user_companies uc WHERE uc.user_id = u.id) AS company_ids,
  ARRAY(
    SELECT us.site_id::text FROM access.user_sites us
    JOIN access.sites s ON s.id = us.site_id
    JOIN access.user_companies uc ON uc.user_id = us.user_id AND uc.company_id = s.company_id
    WHERE us.user_id = u.id
  ) AS site_ids,
  ARRAY(SELECT ud.dashboard::text FROM access.user_dashboards ud WHERE ud.user_id = u.id) AS dashboards`;

const sessionSql = `
  SELECT ${rightsSql}, f.expires_at,
    NULL AS key_id, NULL::text[] AS scopes, NULL::text[] AS key_company_ids, NULL::text[] AS key_site_ids,
    NULL::int AS units_per_minute, NULL::int AS units_per_day, NULL AS today, NULL::float8 AS spent_today,
    NULL::boolean AS registered_only
  FROM access.refresh_token_families f
  JOIN access.users u ON u.id = f.user_id
  WHERE f.id = $1 AND u.id = $2 AND f.revoked_at IS NULL AND f.expires_at > $3 AND u.is_active`;

/**
 * The secret before a rotation is good until its own end. "Last used" is noted on the way, at most once a minute and
 * for each secret by itself, so that a busy key does not write on every request.
 */
const apiKeySql = `
  WITH standing AS (
    SELECT k.*, k.prefix <> $1 AS is_previous,
      CASE WHEN k.prefix = $1 THEN k.expires_at ELSE LEAST(k.expires_at, k.previous_ends_at) END AS ends_at
    FROM access.api_keys k
    JOIN access.users u ON u.id = k.user_id AND u.is_active
    WHERE ((k.prefix = $1 AND k.hash = $2)
        OR (k.previous_prefix = $1 AND k.previous_hash = $2 AND k.previous_ends_at > $3))
      AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $3)
  ),
  noted AS (
    UPDATE access.api_keys k SET
      last_used_at = CASE WHEN s.is_previous THEN k.last_used_at ELSE $3 END,
      previous_last_used_at = CASE WHEN s.is_previous THEN $3 ELSE k.previous_last_used_at END
    FROM standing s
    WHERE k.id = s.id
      AND COALESCE(CASE WHEN s.is_previous THEN k.previous_last_used_at ELSE k.last_used_at END, '-infinity')
        < $3 - interval '1 minute'
  )
  SELECT ${rightsSql}, k.ends_at AS expires_at, k.id::text AS key_id, k.scopes, k.company_ids::text[] AS key_company_ids,
    ARRAY(
      SELECT s.id::text FROM access.sites s WHERE s.id = ANY(k.site_ids) AND s.company_id = ANY(k.company_ids)
    ) AS key_site_ids,
    k.registered_only, k.units_per_minute, k.units_per_day, ($3 AT TIME ZONE 'UTC')::date::text AS today,
    (SELECT COALESCE(sum(g.units), 0)::float8 FROM access.api_key_usage g
      WHERE g.key_id = k.id AND g.day = ($3 AT TIME ZONE 'UTC')::date) AS spent_today
  FROM standing k
  JOIN access.users u ON u.id = k.user_id`;

const rowSchema = z.object({
  user_id: z.string(),
  role: z.enum(roles),
  locale: z.enum(['es', 'en']),
  permissions_version: z.number(),
  must_change_password: z.boolean(),
  company_ids: z.array(z.string()),
  site_ids: z.array(z.string()),
  dashboards: z.array(z.enum(dashboards)),
  expires_at: z.date().nullable(),
  key_id: z.string().nullable(),
  scopes: z.array(z.string()).nullable(),
  key_company_ids: z.array(z.string()).nullable(),
  key_site_ids: z.array(z.string()).nullable(),
  units_per_minute: z.number().nullable(),
  units_per_day: z.number().nullable(),
  today: z.string().nullable(),
  spent_today: z.number().nullable(),
  registered_only: z.boolean().nullable(),
});

function readRow(raw: unknown): StandingCredential | null {
  if (raw === undefined) return null;
  const row = rowSchema.parse(raw);
  return {
    user: {
      id: row.user_id,
      role: row.role,
      locale: row.locale,
      version: row.permissions_version,
      mustChangePassword: row.must_change_password,
      companyIds: row.company_ids,
      siteIds: row.site_ids,
      dashboards: row.dashboards,
    },
    key:
      row.key_id === null
        ? null
        : {
            id: row.key_id,
            scopes: row.scopes ?? [],
            companyIds: row.key_company_ids ?? [],
            siteIds: row.key_site_ids ?? [],
            registeredOnly: row.registered_only ?? false,
            quota: {
              unitsPerMinute: row.units_per_minute ?? 0,
              unitsPerDay: row.units_per_day ?? 0,
              day: row.today ?? '',
              spentThatDay: row.spent_today ?? 0,
            },
          },
    expiresAt: row.expires_at,
  };
}
