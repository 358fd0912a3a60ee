import WebSocket from 'ws';

/**
 * Many subscribers in a process of their own: `node subscribers.ts <ws url> <how many> <access token> <operation>`.
 * `NUMBER` in the operation is each one's own, so that no two ask the same.
 * Tells its parent `{ ready }`, and for each event `{ text, firstMs, lastMs }` once the last of them has it.
 */
const [url = '', countText = '0', accessToken = '', operation = ''] = process.argv.slice(2);
const count = Number(countText);
/** Then each has a stream of its own, which numbers its events itself. */
const hasOwn = operation.includes('NUMBER');
const events = new Map<string, { got: number; firstMs: number }>();
const tell = (message: unknown) => process.send?.(message);
const nowMs = () => performance.timeOrigin + performance.now();

process.once('disconnect', () => process.exit(0));
// Fifty at a time: the machine's queue of connections is short.
for (let opened = 0; opened < count; opened += 50) {
  await Promise.all(Array.from({ length: Math.min(50, count - opened) }, (_, index) => open(opened + index)));
}
// What was sent to subscribe is read by then.
setTimeout(() => tell({ ready: count }), 1_000);

function open(index: number): Promise<void> {
  const query = operation.replaceAll('NUMBER', String(index).padStart(12, '0'));
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { accessToken } })));
    socket.once('error', reject);
    socket.once('close', (code) => tell({ lost: code }));
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('{"type":"connection_ack"')) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
        return resolve();
      }
      if (text.includes('"type":"ping"')) return socket.send('{"type":"pong"}');
      if (text.includes('"type":"next"')) tally(hasOwn ? text.replace(/"eventId":"[^"]*"/, '') : text);
    });
  });
}

function tally(text: string): void {
  const known = events.get(text) ?? { got: 0, firstMs: nowMs() };
  known.got += 1;
  events.set(text, known);
  if (known.got < count) return;
  events.delete(text);
  tell({ text, firstMs: known.firstMs, lastMs: nowMs() });
}
