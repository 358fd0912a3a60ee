import { createFlights } from '../execute/flights.ts';
import type { Exchanged } from './exchange.ts';

/** What two exchanges have in common that get one answer. */
export interface ExchangeIdentity {
  /** The signed viewer. */
  readonly token: string;
  readonly address: string | null;
  readonly body: string;
}

/** Bodies are compared whole; longer ones are as good as never equal. */
const maxBody = 65_536;

/**
 * Equal reads of one subgraph that come together go out once: the same body, the same signed viewer, from the same
 * address. Each caller parses the bytes for itself, because a plan adds to the objects of its answers.
 */
export function createSharedExchanges() {
  const flights = createFlights<Exchanged>();
  return {
    async read(
      { token, address, body }: ExchangeIdentity,
      signal: AbortSignal,
      send: (signal: AbortSignal) => Promise<Exchanged>,
    ): Promise<Exchanged> {
      if (body.length > maxBody) return send(signal);
      const { value } = await flights.join(`${token}\n${address}\n${body}`, signal, send);
      return value;
    },
    /** No read that comes from now on joins what was begun before: called when a mutation has ended. */
    seal: flights.seal,
  };
}
