import { Agent, request } from 'node:http';

/** A request whose head the server has read and whose body it still waits for: surely under way. */
export interface HeldRequest {
  /** Sends the body, and resolves with what was answered. */
  finish(): Promise<{ readonly status: number; readonly body: string }>;
}

/** Resolves when the server has asked for the body. The connection is one that would be kept. */
export function holdRequest(url: string, accessToken: string, body: string): Promise<HeldRequest> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/graphql`, {
      method: 'POST',
      agent: new Agent({ keepAlive: true }),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        authorization: `Bearer ${accessToken}`,
        expect: '100-continue',
      },
    });
    const answered = new Promise<{ status: number; body: string }>((settle, fail) => {
      sent.once('error', fail);
      sent.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => settle({ status: response.statusCode ?? 0, body: text }));
        response.once('error', fail);
      });
    });
    // Whoever finishes it hears of a failure; before that it is the one who waits here.
    answered.catch(() => {});
    sent.once('error', reject);
    sent.once('continue', () =>
      resolve({
        finish() {
          sent.end(body);
          return answered;
        },
      }),
    );
    sent.flushHeaders();
  });
}
