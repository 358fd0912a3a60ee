import type { GraphClient } from '../platform/graph-client.ts';

/** What a person with an open page has heard, and how its stream stands. */
export interface WatchedStream {
  readonly heard: readonly unknown[];
  /** Codes with which the stream has ended; it is opened anew each time. */
  readonly endings: readonly string[];
  close(): Promise<void>;
}

/** Keeps one subscription open over graphql-ws as the web app does: what ends is asked again after a moment. */
export function watchStream(client: GraphClient, query: string, variables: Readonly<Record<string, unknown>>) {
  const heard: unknown[] = [];
  const endings: string[] = [];
  const socket = client.connect();
  let isClosed = false;
  let leave = () => {};
  const open = () => {
    if (isClosed) return;
    let code = 'COMPLETE';
    const ended = (ending: string) => {
      if (isClosed) return;
      endings.push(ending);
      setTimeout(open, 300);
    };
    leave = socket.subscribe(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (errors !== undefined) code = String(errors[0]?.extensions?.code);
          heard.push(errors === undefined ? data : { ...data, code });
        },
        error: (error) => ended(codeOf(error)),
        complete: () => ended(code),
      },
    );
  };
  open();
  return {
    heard,
    endings,
    async close() {
      isClosed = true;
      leave();
      await socket.dispose();
    },
  } satisfies WatchedStream;
}

function codeOf(error: unknown): string {
  if (Array.isArray(error)) return String(error[0]?.extensions?.code);
  const { code } = Object(error) as { readonly code?: unknown };
  return `SOCKET ${code}`;
}
