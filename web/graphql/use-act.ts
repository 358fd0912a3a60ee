'use client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useState } from 'react';
import { type AnyVariables, useClient } from 'urql';
import { toFailures } from './failures.ts';

/** Why something was not done: one of the graph's codes, or the reason of an expected failure. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** The input's fields that are wrong, where the graph names them. */
  readonly fields: readonly WrongField[];
}

/** A field that breaks a rule: its path in the input (`range.from`), the rule's stable code, and the rule in English. */
export interface WrongField {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** Runs mutations one at a time and remembers why the last one was refused. Answers null when it was. */
export function useAct() {
  const client = useClient();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const act = async <Data extends Readonly<Record<string, unknown>>, Variables extends AnyVariables>(
    mutation: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data | null> => {
    setBusy(true);
    setRefusal(null);
    const { data, error } = await client.mutation<Data, AnyVariables>(mutation, variables).toPromise();
    setBusy(false);
    const refused =
      refusalIn(data) ??
      toFailures(error).map(({ code }) => ({ code, message: error?.message ?? code, fields: [] }))[0];
    if (refused !== undefined) setRefusal(refused);
    return refused === undefined ? (data ?? null) : null;
  };
  return { act, isBusy, refusal };
}

/** The first member of the answer that is a failure of the mutation's union. */
function refusalIn(data: Readonly<Record<string, unknown>> | undefined | null): Refusal | undefined {
  for (const value of Object.values(data ?? {})) {
    const [reason, message] = ['reason', 'message'].map((key) => Reflect.get(Object(value), key));
    if (typeof reason === 'string') return { code: reason, message: String(message), fields: wrongFields(value) };
  }
  return undefined;
}

function wrongFields(failure: unknown): readonly WrongField[] {
  const fields: unknown = Reflect.get(Object(failure), 'fields');
  if (!Array.isArray(fields)) return [];
  return fields.map((field) => {
    const { path, code, message } = Object(field);
    return { path: String(path), code: String(code), message: String(message) };
  });
}
