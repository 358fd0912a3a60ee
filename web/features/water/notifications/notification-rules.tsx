'use client';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type {
  NotificationRecipientRowFragment,
  NotificationRuleRowFragment,
} from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import type { NamedPoint } from '../place-choice.ts';
import { NotificationRuleForm } from './notification-rule-form.tsx';

/** What is told to whom. */
export function NotificationRules({
  rules,
  recipients,
  points,
  companyId,
  onChanged,
}: {
  readonly rules: readonly NotificationRuleRowFragment[];
  readonly recipients: readonly NotificationRecipientRowFragment[];
  readonly points: readonly NamedPoint[];
  readonly companyId: string;
  readonly onChanged: () => void;
}) {
  const t = useTranslations('water.notices');
  const [edited, setEdited] = useState<string | null>(null);
  const open = rules.find(({ id }) => id === edited) ?? null;
  const isShown = edited === 'new' || open !== null;
  return (
    <Panel
      title={t('rules.title')}
      aside={
        <Button
          size="small"
          icon={<IconPlus size={15} aria-hidden="true" />}
          disabled={recipients.length === 0}
          onClick={() => setEdited('new')}
        >
          {t('rules.make')}
        </Button>
      }
    >
      {rules.length === 0 ? (
        <EmptyState title={t('rules.empty.title')} hint={t('rules.empty.hint')} />
      ) : (
        <RowList>
          {rules.map((rule) => (
            <Row
              key={rule.id}
              title={rule.name}
              subtitle={[
                rule.point?.name ?? rule.site?.name ?? t('everywhere'),
                rule.recipients.map(({ name }) => name).join(', '),
              ].join(' · ')}
              note={rule.channels.map((channel) => t(`channels.${channel}`)).join(', ')}
              tag={<StateTag tone={rule.isActive ? 'ok' : 'neutral'}>{t(rule.isActive ? 'on' : 'off')}</StateTag>}
              hasEnded={!rule.isActive}
              onOpen={() => setEdited(rule.id)}
            />
          ))}
        </RowList>
      )}
      {isShown ? (
        <NotificationRuleForm
          rule={open}
          recipients={recipients}
          points={points}
          companyId={companyId}
          onChanged={onChanged}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </Panel>
  );
}
