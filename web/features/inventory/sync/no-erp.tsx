'use client';
import { useTranslations } from 'next-intl';
import { SaveErpInstallationDocument } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SyncRefusal } from './sync-refusal.tsx';

const sampleArticles = 400;

/** No ERP yet: how to connect one, or how to see a copy at work without any. */
export function NoErp({
  companyId,
  mayWrite,
  onConnect,
  onSaved,
}: {
  readonly companyId: string;
  readonly mayWrite: boolean;
  readonly onConnect: () => void;
  readonly onSaved: () => void;
}) {
  const t = useTranslations('inventory.erp');
  const { act, isBusy, refusal } = useAct();
  const trySample = async () => {
    const input = {
      ...{ companyId, kind: 'SAMPLE', code: `SAMPLE-${companyId.slice(-6)}`, name: t('sampleName') },
      ...{ timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, connection: { articles: sampleArticles } },
    };
    if ((await act(SaveErpInstallationDocument, { input })) !== null) onSaved();
  };
  return (
    <Panel title={t('views.runs')}>
      <EmptyState
        title={t('empty.title')}
        hint={t('empty.hint')}
        actions={
          mayWrite ? (
            <>
              <Button look="primary" onClick={onConnect}>
                {t('connect')}
              </Button>
              <Button isBusy={isBusy} onClick={trySample}>
                {t('trySample')}
              </Button>
            </>
          ) : undefined
        }
      />
      <SyncRefusal refusal={refusal} />
    </Panel>
  );
}
