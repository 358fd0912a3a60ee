'use client';
import { useState } from 'react';
import { useClient } from 'urql';
import { RefusedRowsDocument } from '../../../graphql/generated/graphql.ts';
import { useGraphContext } from '../../../graphql/graph-provider.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { fromBase64, saveFile } from '../../../ui/save-file.ts';

/** Fetches the files of an import: the original as it came, and the refused rows. */
export function useDownloads({ uploadId, filename }: { readonly uploadId: string; readonly filename: string }) {
  const client = useClient();
  const { url, session } = useGraphContext();
  const { language } = useFormat();
  const [hasFailed, setFailed] = useState(false);
  const attempt = (work: () => Promise<boolean>) => async () => {
    setFailed(false);
    setFailed(!(await work().catch(() => false)));
  };
  return {
    hasFailed,
    original: attempt(async () => {
      const token = await session.token();
      const answer = await fetch(new URL(`/uploads/${uploadId}`, url), {
        headers: { authorization: `Bearer ${token ?? ''}` },
      });
      if (answer.ok) saveFile(filename, await answer.blob());
      return answer.ok;
    }),
    refusedRows: attempt(async () => {
      const { data } = await client
        .query(RefusedRowsDocument, { uploadId, language }, { requestPolicy: 'network-only' })
        .toPromise();
      const file = data?.upload?.refusedRows;
      if (file !== undefined) saveFile(file.filename, fromBase64(file.base64, file.contentType));
      return file !== undefined;
    }),
  };
}
