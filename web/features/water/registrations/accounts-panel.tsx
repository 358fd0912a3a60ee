'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import {
  MakeRegulatorAccountDocument,
  RegulatorAccountsDocument,
  RevokeRegulatorAccountDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { ComplianceRefusal } from '../compliance/compliance-refusal.tsx';
import classes from './registrations.module.css';

/** The one regulator that reads from us instead of being sent to. */
const reader = 'SMA';

/** How a regulator signs in to read what the company reports; made with a password that is shown once, and ended. */
export function AccountsPanel({ companyId }: { readonly companyId: string | null }) {
  const t = useTranslations('water.registrations.accounts');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const [made, setMade] = useState<{ readonly username: string; readonly password: string } | null>(null);
  const { data, isLoading, failed, retry } = useGraph(
    RegulatorAccountsDocument,
    useMemo(() => ({ company: companyId ?? '' }), [companyId]),
    { pause: companyId === null },
  );
  const accounts = data?.regulatorAccounts ?? [];
  const make = async () => {
    const done = await act(MakeRegulatorAccountDocument, { company: companyId ?? '', source: reader });
    if (done?.makeRegulatorAccount.__typename !== 'MadeRegulatorAccount') return;
    const { account, password } = done.makeRegulatorAccount;
    setMade({ username: account.username, password });
    retry();
  };
  const revoke = async (id: string) => {
    if ((await act(RevokeRegulatorAccountDocument, { id })) === null) return;
    setMade(null);
    retry();
  };
  return (
    <Panel title={t('title')}>
      <p className={classes.note}>{t('about')}</p>
      {isLoading ? (
        <SkeletonRows count={2} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : (
        <>
          <ul className={classes.accounts}>
            {accounts.map(({ id, username, sourceCode, createdAt, createdBy, lastUsedAt }) => (
              <li key={id}>
                <span>
                  <strong>
                    {sourceCode} · {username}
                  </strong>
                  <small>
                    {t('made', { by: createdBy?.name ?? t('somebody'), at: format.instant(createdAt) })}
                    {' · '}
                    {lastUsedAt === null ? t('unused') : t('used', { at: format.instant(lastUsedAt) })}
                  </small>
                </span>
                <ConfirmButton
                  label={t('revoke')}
                  question={t('revokeHint')}
                  isBusy={isBusy}
                  onConfirm={() => revoke(id)}
                />
              </li>
            ))}
          </ul>
          {made === null ? null : (
            <section className={classes.secret} aria-label={t('new')}>
              <p className={classes.note}>{t('once')}</p>
              <dl>
                <dt>{t('username')}</dt>
                <dd>
                  <code>{made.username}</code>
                </dd>
                <dd>
                  <CopyButton text={made.username} what={t('username')} />
                </dd>
                <dt>{t('password')}</dt>
                <dd>
                  <code>{made.password}</code>
                </dd>
                <dd>
                  <CopyButton text={made.password} what={t('password')} />
                </dd>
              </dl>
              <span>
                <Button size="small" onClick={() => setMade(null)}>
                  {t('saved')}
                </Button>
              </span>
            </section>
          )}
          <div className={classes.acts}>
            {accounts.length === 0 ? (
              <Button isBusy={isBusy} disabled={companyId === null} onClick={make}>
                {t('make', { source: reader })}
              </Button>
            ) : (
              <ConfirmButton label={t('renew')} question={t('renewHint')} isBusy={isBusy} onConfirm={make} />
            )}
          </div>
        </>
      )}
      <ComplianceRefusal refusal={refusal} />
    </Panel>
  );
}
