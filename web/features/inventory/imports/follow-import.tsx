'use client';
import { useEffect, useMemo } from 'react';
import { SpreadsheetImportDocument, UploadProgressDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';

/** A step can end before anybody listens, or while the reader has paused. */
const lookAgainMs = 4_000;

/** Keeps an import that is under way as it is, wherever it is shown; shows nothing itself. */
export function FollowImport({ uploadId }: { readonly uploadId: string }) {
  const variables = useMemo(() => ({ uploadId }), [uploadId]);
  const { retry } = useGraph(SpreadsheetImportDocument, variables);
  useLive(UploadProgressDocument, variables);
  useEffect(() => {
    const timer = setInterval(retry, lookAgainMs);
    return () => clearInterval(timer);
  }, [retry]);
  return null;
}
