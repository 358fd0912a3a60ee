'use client';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { NotificationRecipientRowFragment } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { waysOf } from './notification-ways.ts';
import { RecipientForm } from './recipient-form.tsx';

/** People, shifts and channels that can be told. */
export function RecipientList({
  recipients,
  companyId,
  onChanged,
  onTested,
}: {
  readonly recipients: readonly NotificationRecipientRowFragment[];
  readonly companyId: string;
  readonly onChanged: () => void;
  /** A test is on its way. */
  readonly onTested: () => void;
}) {
  const t = useTranslations('water.notices');
  const [edited, setEdited] = useState<string | null>(null);
  const open = recipients.find(({ id }) => id === edited) ?? null;
  const isShown = edited === 'new' || open !== null;
  return (
    <Panel
      title={t('recipients.title')}
      aside={
        <Button
          look="primary"
          size="small"
          icon={<IconPlus size={15} aria-hidden="true" />}
          onClick={() => setEdited('new')}
        >
          {t('recipients.make')}
        </Button>
      }
    >
      {recipients.length === 0 ? (
        <EmptyState title={t('recipients.empty.title')} hint={t('recipients.empty.hint')} />
      ) : (
        <RowList>
          {recipients.map((one) => (
            <Row
              key={one.id}
              title={one.name}
              subtitle={waysOf(one)
                .map((way) => ({ EMAIL: one.email, SMS: one.phone, WEBHOOK: t('channels.WEBHOOK') })[way])
                .join(' · ')}
              note={t(`digests.${one.digest}`)}
              tag={<StateTag tone={one.isActive ? 'ok' : 'neutral'}>{t(one.isActive ? 'on' : 'off')}</StateTag>}
              hasEnded={!one.isActive}
              onOpen={() => setEdited(one.id)}
            />
          ))}
        </RowList>
      )}
      {isShown ? (
        <RecipientForm
          recipient={open}
          companyId={companyId}
          onChanged={onChanged}
          onTested={onTested}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </Panel>
  );
}
