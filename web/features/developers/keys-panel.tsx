'use client';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { type ApiKeyRowFragment, ApiKeyRowFragmentDoc, ApiKeysDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { useNow } from '../../ui/use-now.ts';
import { KeyForm } from './key-form.tsx';
import { KeySheet } from './key-sheet.tsx';
import { keyState } from './key-state.ts';
import { SecretOnce } from './secret-once.tsx';

const noVariables = {};
const tones = { standing: 'ok', ending: 'attention', expired: 'neutral', revoked: 'neutral' } as const;

/** Keys for programs: what each may do, what it uses, and the ways to make, rotate and end one. */
export function KeysPanel() {
  const t = useTranslations('developers.keys');
  const { data, isLoading, failed, retry } = useGraph(ApiKeysDocument, noVariables);
  const [isMaking, setMaking] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const keys = data?.apiKeys.edges.map(({ node }) => readFragment(ApiKeyRowFragmentDoc, node)) ?? [];
  const open = keys.find(({ id }) => id === openId);
  const make = (
    <Button
      look="primary"
      size="small"
      icon={<IconPlus size={15} aria-hidden="true" />}
      onClick={() => setMaking(true)}
    >
      {t('make')}
    </Button>
  );
  const showSecret = (text: string) => {
    setMaking(false);
    setOpenId(null);
    setSecret(text);
    retry();
  };
  return (
    <Panel title={t('title')} aside={make}>
      {isLoading ? (
        <SkeletonRows count={4} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : keys.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <RowList>
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} onOpen={() => setOpenId(key.id)} />
          ))}
        </RowList>
      )}
      {isMaking ? <KeyForm onMade={showSecret} onClose={() => setMaking(false)} /> : null}
      {open === undefined ? null : (
        <KeySheet apiKey={open} onChanged={retry} onSecret={showSecret} onClose={() => setOpenId(null)} />
      )}
      {secret === null ? null : <SecretOnce kind="key" secret={secret} onClose={() => setSecret(null)} />}
    </Panel>
  );
}

function KeyRow({ apiKey, onOpen }: { readonly apiKey: ApiKeyRowFragment; readonly onOpen: () => void }) {
  const t = useTranslations('developers.keys');
  const format = useFormat();
  const now = useNow() ?? Date.now();
  const state = keyState(apiKey, now);
  const { lastUsedAt, previousSecret, quota, usage } = apiKey;
  return (
    <Row
      title={apiKey.name}
      subtitle={<code>{apiKey.prefix}…</code>}
      note={lastUsedAt === null ? t('neverUsed') : t('used', { age: format.age(now - Date.parse(lastUsedAt)) })}
      chart={
        <span title={t('usageOf14')}>
          {usage.some(({ units }) => units > 0) ? <Sparkline values={usage.map(({ units }) => units)} /> : null}
        </span>
      }
      number={
        <>
          {format.number(quota.unitsToday)}
          <small> / {t('perDay', { units: format.number(quota.unitsPerDay, { compact: true }) })}</small>
        </>
      }
      tag={
        <StateTag tone={previousSecret === null ? tones[state] : 'attention'}>
          {previousSecret === null ? t(`states.${state}`) : t('states.rotating')}
        </StateTag>
      }
      hasEnded={state === 'revoked' || state === 'expired'}
      onOpen={onOpen}
    />
  );
}
