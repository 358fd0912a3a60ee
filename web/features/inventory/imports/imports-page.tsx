'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { SpreadsheetImportsDocument } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { NoPermission } from '../../../ui/no-permission.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { InventoryFrame } from '../inventory-frame.tsx';
import { DropZone } from './drop-zone.tsx';
import { ImportHistory } from './import-history.tsx';
import { ImportView } from './import-view.tsx';
import classes from './imports.module.css';
import { useSending } from './use-sending.ts';

/** Where spreadsheets of stock and sales come in: sent, looked at, written as one, undone. */
export function ImportsPage() {
  const t = useTranslations('inventory.imports');
  return (
    <InventoryFrame>
      {({ company }, site) =>
        company === null ? (
          <EmptyState title={t('noCompany.title')} hint={t('noCompany.hint')} />
        ) : (
          <CompanyImports key={company.id} companyId={company.id} site={site} />
        )
      }
    </InventoryFrame>
  );
}

function CompanyImports({ companyId, site }: { readonly companyId: string; readonly site: ScopeSite }) {
  const t = useTranslations('inventory.imports');
  const can = useCan();
  const [openId, setOpenId] = useQueryState('file', parseAsString.withOptions({ history: 'push' }));
  const answer = useGraph(
    SpreadsheetImportsDocument,
    useMemo(() => ({ companyId }), [companyId]),
  );
  const { files, send, forget } = useSending(companyId, (uploadId) => {
    void setOpenId(uploadId);
    answer.retry();
  });
  const maySend = can('inventory:write') && can('uploads:write');
  return (
    <div className={classes.page}>
      <Panel title={t('drop.panel')}>
        {maySend ? (
          <DropZone files={files} onFiles={(chosen) => void send(chosen)} onForget={forget} />
        ) : (
          <NoPermission what={t('link')} />
        )}
      </Panel>
      {openId === null ? null : <ImportView key={openId} uploadId={openId} site={site} />}
      <ImportHistory
        answer={answer}
        maySend={maySend}
        openId={openId}
        onOpen={(uploadId) => void setOpenId(uploadId)}
      />
    </div>
  );
}
