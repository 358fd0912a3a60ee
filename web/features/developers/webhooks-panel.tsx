'use client';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { WebhookRowFragmentDoc, WebhooksDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { useCan } from '../../shell/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { NoPermission } from '../../ui/no-permission.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import classes from './developers.module.css';
import { SecretOnce } from './secret-once.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookSheet } from './webhook-sheet.tsx';

const noVariables = {};

/** Where partners are told of events, and what became of it. */
export function WebhooksPanel() {
  const t = useTranslations('developers.webhooks');
  const isAllowed = useCan()('webhooks:write');
  const { data, isLoading, failed, retry } = useGraph(WebhooksDocument, noVariables, { pause: !isAllowed });
  const [isMaking, setMaking] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const webhooks = data?.webhooks.edges.map(({ node }) => readFragment(WebhookRowFragmentDoc, node)) ?? [];
  const open = webhooks.find(({ id }) => id === openId);
  const off = webhooks.filter(({ disabledAt }) => disabledAt !== null);
  const showSecret = (text: string) => {
    setMaking(false);
    setSecret(text);
    retry();
  };
  if (!isAllowed) {
    return (
      <Panel title={t('title')}>
        <NoPermission what={t('title')} />
      </Panel>
    );
  }
  return (
    <Panel
      title={t('title')}
      aside={
        <Button
          look="primary"
          size="small"
          icon={<IconPlus size={15} aria-hidden="true" />}
          onClick={() => setMaking(true)}
        >
          {t('make')}
        </Button>
      }
    >
      {off.length === 0 ? null : (
        <p className={classes.notice} role="status">
          {t('turnedOff', { count: off.length })}
        </p>
      )}
      {isLoading ? (
        <SkeletonRows count={4} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : webhooks.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <RowList>
          {webhooks.map((webhook) => (
            <Row
              key={webhook.id}
              title={webhook.description ?? new URL(webhook.url).host}
              subtitle={<code>{webhook.url}</code>}
              note={t('topicCount', { count: webhook.topics.length })}
              tag={
                <StateTag tone={webhook.disabledAt !== null ? 'fault' : webhook.isActive ? 'ok' : 'neutral'}>
                  {webhook.disabledAt !== null
                    ? t('states.turnedOff')
                    : webhook.isActive
                      ? t('states.on')
                      : t('states.off')}
                </StateTag>
              }
              hasEnded={!webhook.isActive}
              onOpen={() => setOpenId(webhook.id)}
            />
          ))}
        </RowList>
      )}
      {isMaking ? (
        <WebhookForm topics={data?.webhookTopics ?? []} onMade={showSecret} onClose={() => setMaking(false)} />
      ) : null}
      {open === undefined ? null : (
        <WebhookSheet webhook={open} onChanged={retry} onSecret={showSecret} onClose={() => setOpenId(null)} />
      )}
      {secret === null ? null : <SecretOnce kind="webhook" secret={secret} onClose={() => setSecret(null)} />}
    </Panel>
  );
}
