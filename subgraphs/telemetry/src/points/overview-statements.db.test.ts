import { randomUUID } from 'node:crypto';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { addPoint, bodyOf } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';

const db = await testDatabase();
const world = await telemetryWorld(db);

describe('the overview', () => {
  it('reads points and their newest values in two statements, whatever hangs on a measurement', async () => {
    const site = randomUUID();
    await addPoint(db, { siteId: site, code: 'SEEN-1' });
    const body = bodyOf('2026-11-20T11:00:00Z', { level: 3 });
    await createMessageStore(world.deps, 'cauce')([{ topic: 'cauce/SEEN-1/up', payload: Buffer.from(body) }]);
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Site {
      catchmentPoints { code latest { variable value unit measuredAt point { code } } } } } }`;
    const refs = [{ __typename: 'Site', id: site }];
    expect(await world.countStatements(() => world.get(query, testAdmin(), { refs }))).toBe(2);
  });

  const overview = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Site {
    catchmentPoints { code status lastMeasuredAt latest { variable value unit measuredAt point { code } } variables { unit } openAlerts { kind } lastSubmission { status } }
    openAlerts { kind point { code } }
    waterUse(range: { from: "2026-11-01", to: "2026-11-20" }) { volumeM3 days { date volumeM3 } }
  } } }`;

  it('takes as many SQL statements for one site with one point as for ten sites with five each', async () => {
    const sites = Array.from({ length: 10 }, () => randomUUID());
    for (const site of sites) for (let index = 0; index < 5; index += 1) await addPoint(db, { siteId: site });
    const lonely = randomUUID();
    await addPoint(db, { siteId: lonely });
    const refs = (ids: readonly string[]) => ({ refs: ids.map((id) => ({ __typename: 'Site', id })) });
    const one = await world.countStatements(() => world.get(overview, testAdmin(), refs([lonely])));
    const many = await world.countStatements(() => world.get(overview, testAdmin(), refs(sites)));
    expect(many).toBe(one);
    expect(one).toBeLessThanOrEqual(12);
  });
});
