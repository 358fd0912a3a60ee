import { freePort } from '@cauce/shared/test/free-port';
import { SMTPServer } from 'smtp-server';

/** What the next message meets. `dropAfterAccept`: it is taken and the answer is lost. */
export type SmtpFault = 'none' | 'busy' | 'unknownMailbox' | 'dropAfterAccept' | 'silent';

export interface SmtpStandIn {
  readonly url: string;
  readonly mails: { readonly to: string; readonly raw: string }[];
  fault: SmtpFault;
  close(): Promise<void>;
}

/** A mail server that keeps what it takes, and fails as mail servers do. */
export async function startSmtpStandIn(): Promise<SmtpStandIn> {
  const mails: { to: string; raw: string }[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, disableReverseLookup: true },
    onRcptTo: (_address, _session, done) => {
      if (standIn.fault === 'unknownMailbox') return done(failure(550, 'No such mailbox'));
      if (standIn.fault === 'busy') return done(failure(451, 'Try again later'));
      if (standIn.fault !== 'silent') done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        for (const { address } of session.envelope.rcptTo) mails.push({ to: address, raw });
        if (standIn.fault === 'dropAfterAccept') for (const { _socket } of server.connections) _socket.destroy();
        else done();
      });
    },
  });
  server.on('error', () => {});
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const standIn: SmtpStandIn = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    fault: 'none',
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return standIn;
}

function failure(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
