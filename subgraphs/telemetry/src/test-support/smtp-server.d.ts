/** The part of `smtp-server` that our stand-in uses; it ships no types. */
declare module 'smtp-server' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';
  import type { Readable } from 'node:stream';

  interface Session {
    readonly envelope: { readonly rcptTo: readonly { readonly address: string }[] };
  }
  type Done = (error?: Error | null) => void;

  export class SMTPServer extends EventEmitter {
    constructor(options: {
      readonly authOptional?: boolean;
      readonly disabledCommands?: readonly string[];
      readonly disableReverseLookup?: boolean;
      readonly logger?: boolean;
      readonly onRcptTo?: (address: { readonly address: string }, session: Session, done: Done) => void;
      readonly onData?: (stream: Readable, session: Session, done: Done) => void;
    });
    readonly connections: Set<{ readonly _socket: Socket }>;
    listen(port: number, host: string, ready: () => void): void;
    close(done: () => void): void;
  }
}
