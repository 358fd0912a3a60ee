/** What became of a file that was sent. */
export type SentFile =
  | { readonly kind: 'stored'; readonly uploadId: string }
  | { readonly kind: 'refused'; readonly code: string };

export interface Sending {
  /** The gateway's GraphQL address; files are taken beside it. */
  readonly gatewayUrl: string;
  readonly companyId: string;
  readonly token: string;
  readonly file: File;
  readonly signal: AbortSignal;
  /** Share of the bytes that have left, from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Sends one file, telling how far it is, which `fetch` cannot. Answers; it does not throw. */
export function sendFile({ gatewayUrl, companyId, token, file, signal, onProgress }: Sending): Promise<SentFile> {
  const url = new URL(`/uploads?companyId=${encodeURIComponent(companyId)}`, gatewayUrl);
  const form = new FormData();
  form.append('file', file);
  const request = new XMLHttpRequest();
  const { promise, resolve } = Promise.withResolvers<SentFile>();
  request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
  request.onload = () => resolve(read(request.status, request.responseText));
  request.onerror = () => resolve({ kind: 'refused', code: 'NETWORK' });
  request.onabort = () => resolve({ kind: 'refused', code: 'CANCELLED' });
  signal.addEventListener('abort', () => request.abort(), { once: true });
  request.open('POST', url);
  request.setRequestHeader('authorization', `Bearer ${token}`);
  request.send(form);
  return promise;
}

function read(status: number, text: string): SentFile {
  try {
    const body: unknown = JSON.parse(text);
    const id: unknown = Reflect.get(Object(body), 'id');
    if (status === 201 && typeof id === 'string') return { kind: 'stored', uploadId: id };
    const code: unknown = Reflect.get(Object(Reflect.get(Object(body), 'errors')?.[0]?.extensions), 'code');
    return { kind: 'refused', code: typeof code === 'string' ? code : 'INTERNAL' };
  } catch {
    return { kind: 'refused', code: status === 413 ? 'PAYLOAD_TOO_LARGE' : 'INTERNAL' };
  }
}
