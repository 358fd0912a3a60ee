'use client';
import { useTranslations } from 'next-intl';
import { type ChangeEvent, useMemo, useState } from 'react';
import {
  KeyDocumentsDocument,
  RegisterKeyDocumentsDocument,
  RemoveKeyDocumentsDocument,
  SetKeyRegisteredOnlyDocument,
} from '../../graphql/generated/graphql.ts';
import { useAct } from '../../graphql/use-act.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { TextArea } from '../../ui/form/field.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { SmallTable } from '../../ui/table/small-table.tsx';
import classes from './developers.module.css';
import { readDocuments } from './read-documents.ts';
import { RefusalNote } from './refusal-note.tsx';

/** What the graph takes in one call. */
const atOnce = 50;

/** The documents of a key: those that are registered, ways to add and remove them, and whether it is held to them. */
export function KeyDocuments({ keyId }: { readonly keyId: string }) {
  const t = useTranslations('developers.documents');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const [text, setText] = useState('');
  const { data, isLoading, failed, retry } = useGraph(
    KeyDocumentsDocument,
    useMemo(() => ({ id: keyId }), [keyId]),
  );
  const register = async (documents: readonly string[]) => {
    for (let from = 0; from < documents.length; from += atOnce) {
      const input = { keyId, documents: documents.slice(from, from + atOnce) };
      if ((await act(RegisterKeyDocumentsDocument, { input })) === null) return;
    }
    setText('');
    retry();
  };
  const choose = async ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const texts = await Promise.all([...(currentTarget.files ?? [])].map((file) => file.text()));
    currentTarget.value = '';
    await register(texts.flatMap(readDocuments));
  };
  const remove = async (hash: string) => {
    if ((await act(RemoveKeyDocumentsDocument, { input: { keyId, hashes: [hash] } })) !== null) retry();
  };
  const hold = async (registeredOnly: boolean) => {
    if ((await act(SetKeyRegisteredOnlyDocument, { input: { keyId, registeredOnly } })) !== null) retry();
  };
  const { documents = [], registeredOnly = false } = data?.apiKey ?? {};
  return (
    <section aria-label={t('title')} className={classes.log}>
      <h3>{t('title')}</h3>
      <p className={classes.hint}>{t('hint')}</p>
      {isLoading ? (
        <SkeletonRows count={2} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : documents.length === 0 ? (
        <p className={classes.hint}>{t('none')}</p>
      ) : (
        <SmallTable
          caption={t('title')}
          rows={documents}
          rowId={({ hash }) => hash}
          columns={[
            { id: 'name', label: t('operation'), value: ({ operations }) => operations.join(', ') },
            {
              id: 'hash',
              label: t('hash'),
              value: ({ hash }) => hash,
              cell: ({ hash }) => (
                <CopyButton text={hash} what={t('hashOf', { hash })} label={`${hash.slice(0, 8)}…`} />
              ),
            },
            { id: 'at', label: t('at'), isWide: true, value: ({ registeredAt }) => format.instant(registeredAt) },
            {
              id: 'remove',
              label: t('remove'),
              value: () => t('remove'),
              cell: ({ hash }) => (
                <Button size="small" look="quiet" isBusy={isBusy} onClick={() => remove(hash)}>
                  {t('remove')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <TextArea label={t('paste')} hint={t('pasteHint')} rows={4} value={text} onChange={setText} />
      <div className={classes.actions}>
        <Button isBusy={isBusy} disabled={text.trim() === ''} onClick={() => register(readDocuments(text))}>
          {t('register')}
        </Button>
        <label className={classes.hint}>
          {t('file')}
          <input type="file" multiple accept=".graphql,.gql,.json,application/json" onChange={choose} />
        </label>
      </div>
      <label>
        <input
          type="checkbox"
          checked={registeredOnly}
          disabled={isBusy || isLoading}
          onChange={({ currentTarget }) => hold(currentTarget.checked)}
        />{' '}
        {t('only')}
      </label>
      <p className={classes.hint}>{t('onlyHint')}</p>
      <RefusalNote refusal={refusal} />
    </section>
  );
}
