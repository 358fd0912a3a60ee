/** Between two tries of a page that nothing came to. */
const everyMs = 5_000;

/** Asks every few seconds, and as soon as the network says that it is back, until it is stopped. */
export function keepAsking(ask: () => void, network: EventTarget): () => void {
  const timer = setInterval(ask, everyMs);
  network.addEventListener('online', ask);
  return () => {
    clearInterval(timer);
    network.removeEventListener('online', ask);
  };
}
