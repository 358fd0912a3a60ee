import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { z } from 'zod';

/**
 * Viewers in a process of their own: `node viewers.ts <ws url> <access token> <how many> <each|gathered> <point id>…`.
 * `each`: a viewer watches one point, in turn, reading by reading, as a chart does. `gathered`: every viewer watches
 * every point, as a list and a map do. A reading's time of measurement is when it was published. Tells its parent
 * `{ ready }`, and on `report` `{ messages, latenciesMs }` since the last `begin`.
 */
const [url = '', accessToken = '', countText = '0', way = 'each', ...pointIds] = process.argv.slice(2);
const count = Number(countText);
const measurement = z.object({ measuredAt: z.string() });
const each = z.object({ measurementAdded: measurement }).transform((data) => [data.measurementAdded]);
const gathered = z
  .object({ latestMeasurementsChanged: z.array(measurement) })
  .transform((data) => data.latestMeasurementsChanged);
const delivered = way === 'each' ? each : gathered;
const field = way === 'each' ? 'measurementAdded' : 'latestMeasurementsChanged';
const query = `subscription ($points: [ID!]) { ${field}(pointIds: $points) { variable value unit measuredAt quality point { id } } }`;
let latenciesMs: number[] = [];
let messages = 0;

process.once('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message === 'begin') {
    latenciesMs = [];
    messages = 0;
  }
  if (message === 'report') process.send?.({ messages, latenciesMs });
});

for (let index = 0; index < count; index += 1) {
  const client = createClient({ url, webSocketImpl: WebSocket, connectionParams: { accessToken }, lazy: false });
  const points = way === 'each' ? [pointIds[index % pointIds.length]] : pointIds;
  client.subscribe(
    { query, variables: { points } },
    {
      next: ({ data }) => {
        messages += 1;
        const now = Date.now();
        for (const { measuredAt } of delivered.parse(data)) latenciesMs.push(now - Date.parse(measuredAt));
      },
      error: (error) => process.send?.({ failed: String(error) }),
      complete: () => {},
    },
  );
  // The machine's queue of connections is short.
  if (index % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 200));
}
setTimeout(() => process.send?.({ ready: count }), 1_500);
