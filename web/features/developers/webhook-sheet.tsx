'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import {
  DeleteWebhookDocument,
  RotateWebhookSecretDocument,
  SetWebhookActiveDocument,
  TestWebhookDocument,
  type WebhookRowFragment,
} from '../../graphql/generated/graphql.ts';
import { useAct } from '../../graphql/use-act.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Details } from '../../ui/details.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Sheet } from '../../ui/sheet.tsx';
import classes from './developers.module.css';
import { RefusalNote } from './refusal-note.tsx';
import { WebhookLog } from './webhook-log.tsx';

/** One webhook: what it is told of, what was sent, and everything that can be done with it. */
export function WebhookSheet({
  webhook,
  onChanged,
  onSecret,
  onClose,
}: {
  readonly webhook: WebhookRowFragment;
  readonly onChanged: () => void;
  readonly onSecret: (secret: string) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('developers.webhook');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const [sent, setSent] = useState(0);
  const { id, isActive } = webhook;
  const rows: readonly (readonly [string, ReactNode] | null)[] = [
    [t('url'), <code key="url">{webhook.url}</code>],
    [t('company'), webhook.company?.name ?? '–'],
    [t('topics'), webhook.topics.join(', ')],
    [t('created'), format.instant(webhook.createdAt)],
    webhook.previousSecretEndsAt === null
      ? null
      : [t('previous'), t('until', { at: format.instant(webhook.previousSecretEndsAt) })],
    webhook.disabledAt === null ? null : [t('disabled'), format.instant(webhook.disabledAt)],
  ];
  const test = async () => {
    if ((await act(TestWebhookDocument, { id })) !== null) setSent(sent + 1);
  };
  const rotate = async () => {
    const done = await act(RotateWebhookSecretDocument, { id });
    if (done?.rotateWebhookSecret.__typename === 'CreatedWebhook') onSecret(done.rotateWebhookSecret.secret);
  };
  const turn = async () => {
    if ((await act(SetWebhookActiveDocument, { id, isActive: !isActive })) !== null) onChanged();
  };
  const remove = async () => {
    if ((await act(DeleteWebhookDocument, { id })) === null) return;
    onChanged();
    onClose();
  };
  return (
    <Sheet name={webhook.description ?? t('title')} side="right" onClose={onClose} hasTitle>
      <div className={classes.stack}>
        <Details rows={rows.filter((row) => row !== null)} />
        <div className={classes.actions}>
          <Button look="primary" isBusy={isBusy} onClick={test} disabled={!isActive}>
            {t('test')}
          </Button>
          <Button isBusy={isBusy} onClick={turn}>
            {isActive ? t('turnOff') : t('turnOn')}
          </Button>
          <ConfirmButton label={t('rotate')} question={t('rotateHint')} isBusy={isBusy} onConfirm={rotate} />
          <ConfirmButton label={t('delete')} question={t('deleteHint')} isBusy={isBusy} onConfirm={remove} />
        </div>
        <RefusalNote refusal={refusal} />
        <WebhookLog webhookId={id} sent={sent} />
      </div>
    </Sheet>
  );
}
