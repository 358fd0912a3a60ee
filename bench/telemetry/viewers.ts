import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { z } from 'zod';

/**
 * Viewers in a process of their own: `node viewers.ts <ws url> <access token> <how many> <point id>…`. Each watches one
 * point, in turn. A reading's time of measurement is when it was published. Tells its parent `{ ready }`, and on
 * `report` `{ latenciesMs }` of every delivery since the last `begin`.
 */
const [url = '', accessToken = '', countText = '0', ...pointIds] = process.argv.slice(2);
const count = Number(countText);
const delivered = z.object({ measurementAdded: z.object({ measuredAt: z.string(), value: z.number() }) });
let latenciesMs: number[] = [];

process.once('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message === 'begin') latenciesMs = [];
  if (message === 'report') process.send?.({ latenciesMs });
});

for (let index = 0; index < count; index += 1) {
  const client = createClient({ url, webSocketImpl: WebSocket, connectionParams: { accessToken }, lazy: false });
  const pointId = pointIds[index % pointIds.length];
  client.subscribe(
    {
      query:
        'subscription ($points: [ID!]) { measurementAdded(pointIds: $points) { variable value unit measuredAt quality } }',
      variables: { points: [pointId] },
    },
    {
      next: ({ data }) => {
        const reading = delivered.safeParse(data).data;
        if (reading !== undefined) latenciesMs.push(Date.now() - Date.parse(reading.measurementAdded.measuredAt));
      },
      error: (error) => process.send?.({ failed: String(error) }),
      complete: () => {},
    },
  );
  // The machine's queue of connections is short.
  if (index % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 200));
}
setTimeout(() => process.send?.({ ready: count }), 1_500);
