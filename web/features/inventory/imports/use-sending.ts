'use client';
import { useRef, useState } from 'react';
import { ImportSpreadsheetDocument } from '../../../graphql/generated/graphql.ts';
import { useGraphContext } from '../../../graphql/graph-provider.tsx';
import { useAct } from '../../../graphql/use-act.ts';
import { refusedBeforehand } from './chosen-files.ts';
import { sendFile } from './send-file.ts';

/** A file on its way to the server; it leaves the list when its import has begun. */
export interface OutgoingFile {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  /** Of its bytes, from 0 to 1. */
  readonly share: number;
  /** Why it did not arrive; null while it goes. */
  readonly refused: string | null;
}

/** Sends files one after the other and begins their imports. */
export function useSending(companyId: string, onBegun: (uploadId: string) => void) {
  const { url, session } = useGraphContext();
  const { act } = useAct();
  const [files, setFiles] = useState<readonly OutgoingFile[]>([]);
  const controllers = useRef(new Map<number, AbortController>());
  const lastKey = useRef(0);
  const change = (key: number, now: Partial<OutgoingFile>) =>
    setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...now } : one)));
  const forget = (key: number) => {
    controllers.current.get(key)?.abort();
    controllers.current.delete(key);
    setFiles((all) => all.filter((one) => one.key !== key));
  };
  const sendOne = async (key: number, file: File) => {
    const signal = controllers.current.get(key)?.signal;
    const token = await session.token();
    if (signal === undefined || signal.aborted) return;
    if (token === null) return change(key, { refused: 'UNAUTHENTICATED' });
    const sent = await sendFile({
      ...{ gatewayUrl: url, companyId, token, file, signal },
      onProgress: (share) => change(key, { share }),
    });
    if (signal.aborted) return;
    if (sent.kind === 'refused') return change(key, { refused: sent.code });
    const begun = await act(ImportSpreadsheetDocument, { uploadId: sent.uploadId });
    if (begun === null) return change(key, { refused: 'INTERNAL' });
    forget(key);
    onBegun(sent.uploadId);
  };
  const send = async (chosen: readonly File[]) => {
    const added = chosen.map((file) => {
      lastKey.current += 1;
      const key = lastKey.current;
      const refused = refusedBeforehand(file);
      if (refused === null) controllers.current.set(key, new AbortController());
      return { file, outgoing: { key, name: file.name, size: file.size, share: 0, refused } };
    });
    setFiles((all) => [...all, ...added.map(({ outgoing }) => outgoing)]);
    for (const { file, outgoing } of added) if (outgoing.refused === null) await sendOne(outgoing.key, file);
  };
  return { files, send, forget };
}
