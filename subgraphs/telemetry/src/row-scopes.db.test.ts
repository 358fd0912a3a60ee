import { reachSql } from '@cauce/shared/db/reach-sql';
import { createScopedClient } from '@cauce/shared/db/scoped-client';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { telemetryRowScopes } from './row-scopes.ts';
import { addPoint } from './test-support/points.ts';

const db = await testDatabase();
const points = [await addPoint(db), await addPoint(db), await addPoint(db)] as const;
const scopedFor = createScopedClient(db.client, telemetryRowScopes);

describe('hand-written SQL', () => {
  it.each([
    ['everything', testAdmin(), 3],
    ['one site', testViewer({ companyIds: points.map((point) => point.companyId), siteIds: [points[0].siteId] }), 1],
    ['two sites', testViewer({ siteIds: [points[0].siteId, points[2].siteId] }), 2],
    ['no site', testViewer({ companyIds: 'all' }), 0],
    ['sites that have no points', testOutsider(), 0],
  ])('keeps a viewer of %s to the rows that the scoped client answers', async (_name, viewer, expected) => {
    const reach = reachSql(viewer, { site: 'p.site_id', company: null });
    const rows = await db.client.$queryRaw<{ id: string }[]>`
      SELECT p.id FROM telemetry.catchment_points p WHERE ${reach} ORDER BY p.id`;
    const scoped = await scopedFor(viewer).catchmentPoint.findMany({ orderBy: { id: 'asc' }, select: { id: true } });
    expect(rows).toEqual(scoped);
    expect(rows).toHaveLength(expected);
  });
});
