'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  NotificationRecipientRowFragmentDoc,
  NotificationRuleRowFragmentDoc,
  NotificationSettingsDocument,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { NoPermission } from '../../../ui/no-permission.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { NotificationLog } from './notification-log.tsx';
import { NotificationRules } from './notification-rules.tsx';
import { RecipientList } from './recipient-list.tsx';

/** Who is told of what, over which ways, and what became of each message. */
export function NotificationsPanel({
  site,
  companyId,
}: {
  readonly site: ScopeSite;
  readonly companyId: string | null;
}) {
  const t = useTranslations('water.notices');
  const isAllowed = useCan()('telemetry:write');
  const [sent, setSent] = useState(0);
  const { data, isLoading, failed, retry } = useGraph(
    NotificationSettingsDocument,
    useMemo(() => ({ site: site.id }), [site.id]),
    { pause: !isAllowed },
  );
  if (!isAllowed || isLoading || failed !== null || data === undefined || companyId === null) {
    return (
      <Panel title={t('title')}>
        {!isAllowed ? (
          <NoPermission what={t('title')} />
        ) : failed !== null ? (
          <ErrorState failure={failed} what={t('title')} onRetry={retry} />
        ) : (
          <SkeletonRows count={6} />
        )}
      </Panel>
    );
  }
  const isOfCompany = ({ company }: { readonly company: { readonly id: string } }) => company.id === companyId;
  const recipients = data.notificationRecipients
    .map((one) => readFragment(NotificationRecipientRowFragmentDoc, one))
    .filter(isOfCompany);
  const rules = data.notificationRules
    .map((one) => readFragment(NotificationRuleRowFragmentDoc, one))
    .filter(isOfCompany);
  return (
    <>
      <RecipientList
        recipients={recipients}
        companyId={companyId}
        onChanged={retry}
        onTested={() => setSent(sent + 1)}
      />
      <NotificationRules
        rules={rules}
        recipients={recipients}
        points={data.site?.catchmentPoints ?? []}
        companyId={companyId}
        onChanged={retry}
      />
      <NotificationLog sent={sent} />
    </>
  );
}
