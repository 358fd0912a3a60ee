'use client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type AnyVariables, useSubscription } from 'urql';
import { useLiveSnapshot } from './graph-provider.tsx';

/** Listens to events while the page is shown and the reader has not paused. The cache takes what arrives. */
export function useLive<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { pause = false, onEvent }: { readonly pause?: boolean; readonly onEvent?: (data: Data) => void } = {},
): void {
  const { state } = useLiveSnapshot();
  useSubscription<Data, null, AnyVariables>({ query, variables, pause: pause || state === 'paused' }, (_, data) => {
    onEvent?.(data);
    return null;
  });
}
