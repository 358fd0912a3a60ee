import { Client, gql, subscriptionExchange } from '@urql/core';
import { describe, expect, it } from 'vitest';
import { createCache } from './cache.ts';
import { LatestMeasurementsChangedDocument, PointLatestFragmentDoc } from './generated/graphql.ts';

const pointQuery = gql`query Points { catchmentPoint(code: "P") { ...PointLatest } } ${PointLatestFragmentDoc}`;
const shown = (value: number, measuredAt: string) => ({
  __typename: 'Measurement',
  variable: 'LEVEL',
  value,
  unit: 'm',
  measuredAt,
  quality: 'GOOD' as const,
});

/** A client whose only source is what the test pushes. */
function liveClient() {
  let push = (_event: unknown) => {};
  const client = new Client({
    url: 'http://graph.invalid',
    exchanges: [
      createCache(),
      subscriptionExchange({
        isSubscriptionOperation: () => true,
        forwardSubscription: (request) => ({
          subscribe: (sink) => {
            if (request.query?.includes('subscription')) push = (data) => sink.next({ data: data as never });
            else {
              const point = {
                __typename: 'CatchmentPoint',
                id: 'p',
                latest: [shown(33.1, '2026-11-20T10:00:00.000Z')],
              };
              sink.next({ data: { catchmentPoint: point } });
              sink.complete();
            }
            return { unsubscribe: () => {} };
          },
        }),
      }),
    ],
  });
  return { client, push: (event: unknown) => push(event) };
}

describe('the cache', () => {
  it('shows a live measurement in every query that reads the newest values of its point', async () => {
    const { client, push } = liveClient();
    const values: unknown[] = [];
    const reading = client
      .query(pointQuery, {})
      .subscribe(({ data }) => values.push(data?.catchmentPoint?.latest[0]?.value));
    const listening = client.subscription(LatestMeasurementsChangedDocument, { pointIds: ['p'] }).subscribe(() => {});
    // Streams open behind the call that asks for them.
    await new Promise((resolve) => setTimeout(resolve, 10));
    push({
      latestMeasurementsChanged: [
        { ...shown(27.7, '2026-11-20T10:05:00.000Z'), point: { __typename: 'CatchmentPoint', id: 'p' } },
      ],
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(values).toEqual([33.1, 27.7]);
    reading.unsubscribe();
    listening.unsubscribe();
  });
});
