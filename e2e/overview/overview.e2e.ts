import { demoSites } from '@cauce/prisma/seed/demo-places';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { statementsOf } from '../platform/statements.ts';
import { lastThirtyDays, overviewQuery } from './overview-query.ts';

const platform = joinPlatform();
let manager: GraphClient;

beforeAll(async () => {
  manager = await signIn(platform, 'gerente');
});

describe('the overview of a site', () => {
  it('comes from six subgraphs in one answer, with numbers in every part', async () => {
    const { data, errors } = await manager.ask(overviewQuery, {
      site: demoSites.plantaNorte.id,
      range: lastThirtyDays(),
    });
    expect(errors).toEqual([]);
    expect(data?.site).toMatchObject({
      name: 'Planta Norte',
      kind: 'PLANT',
      company: { name: 'Grupo Ribera' },
      production: { producedTons: expect.any(Number), efficiencyPct: expect.any(Number) },
      lowStockCount: expect.any(Number),
      clinic: { stats: { appointmentsToday: expect.any(Number), openSlotsToday: expect.any(Number) } },
    });
    const { catchmentPoints, dailyMetrics } = Object(data?.site) as {
      catchmentPoints: { latest: unknown[] }[];
      dailyMetrics: unknown[];
    };
    expect(catchmentPoints.length).toBeGreaterThan(0);
    expect(catchmentPoints.some(({ latest }) => latest.length > 0)).toBe(true);
    expect(dailyMetrics.length).toBeGreaterThan(50);
  });

  it('costs at most ten statements, however many points, metrics and readings it shows', async () => {
    const ask = () => manager.ask(overviewQuery, { site: demoSites.plantaNorte.id, range: lastThirtyDays() });
    const statements = await statementsOf(platform.pool, ask);
    expect(statements.length, statements.join('\n')).toBeGreaterThan(5);
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(10);
  });

  it('is not there for somebody of the other company, and says nothing about it', async () => {
    const other = await signIn(platform, 'quillay');
    const { data, errors } = await other.ask(overviewQuery, {
      site: demoSites.plantaNorte.id,
      range: lastThirtyDays(),
    });
    expect(errors).toEqual([]);
    expect(data).toEqual({ site: null });
  });
});
