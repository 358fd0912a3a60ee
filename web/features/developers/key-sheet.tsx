'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type ApiKeyRowFragment, RevokeApiKeyDocument, RotateApiKeyDocument } from '../../graphql/generated/graphql.ts';
import { useAct } from '../../graphql/use-act.ts';
import { useViewer } from '../../shell/viewer.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Details } from '../../ui/details.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { SmallTable } from '../../ui/table/small-table.tsx';
import classes from './developers.module.css';
import { KeyDocuments } from './key-documents.tsx';
import { keyState } from './key-state.ts';
import { RefusalNote } from './refusal-note.tsx';

/** One key in full: its rights and limits, what it asked for, and the ways to rotate and to end it. */
export function KeySheet({
  apiKey,
  onChanged,
  onSecret,
  onClose,
}: {
  readonly apiKey: ApiKeyRowFragment;
  readonly onChanged: () => void;
  readonly onSecret: (secret: string) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('developers.key');
  const format = useFormat();
  const me = useViewer();
  const { act, isBusy, refusal } = useAct();
  const { id, previousSecret, quota } = apiKey;
  const state = keyState(apiKey, Date.now());
  const isStanding = state === 'standing' || state === 'ending';
  const moment = (at: string | null) => (at === null ? '–' : format.instant(at));
  const rows: readonly (readonly [string, ReactNode] | null)[] = [
    [t('prefix'), <code key="prefix">{apiKey.prefix}…</code>],
    [t('created'), moment(apiKey.createdAt)],
    [t('expires'), moment(apiKey.expiresAt)],
    apiKey.revokedAt === null ? null : [t('revoked'), moment(apiKey.revokedAt)],
    [t('used'), moment(apiKey.lastUsedAt)],
    previousSecret === null
      ? null
      : [t('previous'), t('previousUntil', { prefix: previousSecret.prefix, at: moment(previousSecret.endsAt) })],
    previousSecret === null ? null : [t('previousUsed'), moment(previousSecret.lastUsedAt)],
    [t('companies'), apiKey.companies.map(({ name }) => name).join(', ') || '–'],
    [t('quota'), t('quotaText', { minute: quota.unitsPerMinute, day: quota.unitsPerDay })],
  ];
  const rotate = async () => {
    const done = await act(RotateApiKeyDocument, { id });
    if (done?.rotateApiKey.__typename === 'CreatedApiKey') onSecret(done.rotateApiKey.secret);
  };
  const revoke = async () => {
    if ((await act(RevokeApiKeyDocument, { id })) !== null) onChanged();
  };
  return (
    <Sheet name={apiKey.name} side="right" onClose={onClose} hasTitle>
      <div className={classes.stack}>
        <Details rows={rows.filter((row) => row !== null)} />
        <p className={classes.tags}>
          {apiKey.permissions.map((permission) => (
            <code key={permission}>{permission}</code>
          ))}
        </p>
        <Usage apiKey={apiKey} />
        {isStanding ? <KeyDocuments keyId={id} /> : null}
        <RefusalNote refusal={refusal} />
        {isStanding ? (
          <div className={classes.formEnd}>
            {apiKey.owner?.id === me.id ? (
              <ConfirmButton label={t('rotate')} question={t('rotateHint')} isBusy={isBusy} onConfirm={rotate} />
            ) : null}
            <ConfirmButton label={t('revoke')} question={t('revokeHint')} isBusy={isBusy} onConfirm={revoke} />
          </div>
        ) : null}
      </div>
    </Sheet>
  );
}

function Usage({ apiKey }: { readonly apiKey: ApiKeyRowFragment }) {
  const t = useTranslations('developers.key');
  const format = useFormat();
  const used = apiKey.usage.filter(({ requests, refused }) => requests + refused > 0).toReversed();
  if (used.length === 0) return <p className={classes.hint}>{t('unused')}</p>;
  const rows = used.flatMap(({ day, operations }) => operations.map((operation) => ({ day, ...operation })));
  return (
    <SmallTable
      caption={t('usage')}
      rows={rows.slice(0, 40)}
      rowId={({ day, name }) => `${day}:${name}`}
      columns={[
        { id: 'name', label: t('operation'), value: ({ name }) => name },
        { id: 'day', label: t('day'), align: 'end', value: ({ day }) => format.day(day) },
        { id: 'requests', label: t('requests'), align: 'end', value: ({ requests }) => format.number(requests) },
        { id: 'units', label: t('units'), align: 'end', value: ({ units }) => format.number(units) },
        {
          id: 'refused',
          label: t('refused'),
          align: 'end',
          isWide: true,
          value: ({ refused }) => format.number(refused),
        },
      ]}
    />
  );
}
