'use client';
import { useTranslations } from 'next-intl';
import {
  CommitSpreadsheetDocument,
  DiscardSpreadsheetDocument,
  type ImportDetailFragment,
  type ImportSummaryFragment,
  ReadSpreadsheetAgainDocument,
  UndoSpreadsheetDocument,
} from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import type { ScopeSite } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import classes from './imports.module.css';

const worded = [
  ...(['PREVIEW_CHANGED', 'NOT_IN_PREVIEW', 'NOTHING_TO_DO', 'NOT_COMMITTED', 'NOT_DISCARDABLE'] as const),
  ...(['HAS_REFUSED_ROWS', 'NOT_READABLE_AGAIN'] as const),
] as const;

/** Why a file was not read that may hold no longer; any other one is read the same way again. */
const mayPassLater = new Set(['READING_FAILED', 'TOOK_TOO_LONG', 'NEEDS_TOO_MUCH_MEMORY']);

/** What can be done with a file in the state that it is in. */
export function ImportActions({
  detail: { id, plan, site: chosen },
  file,
  site,
}: {
  readonly detail: ImportDetailFragment;
  readonly file: ImportSummaryFragment;
  readonly site: ScopeSite | null;
}) {
  const t = useTranslations('inventory.imports.actions');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const mayWrite = useCan()('inventory:write');
  const { status, problem, rowsRead, rowsCreated, rowsUpdated, rowsRefused } = file;
  const changes = rowsCreated + rowsUpdated;
  const written = format.number(changes);
  const commit = async () => {
    await act(CommitSpreadsheetDocument, { importId: id, plan, skipRefused: rowsRefused > 0 });
  };
  const again = (siteId: string | null) => act(ReadSpreadsheetAgainDocument, { importId: id, columns: null, siteId });
  if (!mayWrite) return null;
  return (
    <div className={classes.actions}>
      {status === 'PREVIEW' && changes > 0 ? (
        rowsRefused === 0 ? (
          <Button look="primary" isBusy={isBusy} onClick={() => void commit()}>
            {t('commit', { count: changes, written })}
          </Button>
        ) : (
          <ConfirmButton
            look="primary"
            label={t('commit', { count: changes, written })}
            question={t('commitQuestion', { count: rowsRefused, written: format.number(rowsRefused) })}
            isBusy={isBusy}
            onConfirm={commit}
          />
        )
      ) : null}
      {status === 'PREVIEW' && changes === 0 ? (
        <p className={classes.none}>
          {t(rowsRefused === 0 ? 'nothing' : rowsRefused < rowsRead ? 'restIsSame' : 'allRefused')}
        </p>
      ) : null}
      {status === 'PREVIEW' && rowsRefused > 0 && site !== null && site.id !== chosen?.id ? (
        <Button isBusy={isBusy} onClick={() => void again(site.id)}>
          {t('atSite', { site: site.name })}
        </Button>
      ) : null}
      {status === 'FAILED' && mayPassLater.has(problem ?? '') ? (
        <Button isBusy={isBusy} onClick={() => void again(null)}>
          {t('again')}
        </Button>
      ) : null}
      {status === 'COMPLETED' ? (
        <ConfirmButton
          label={t('undo')}
          question={t('undoQuestion', { count: changes, written })}
          isBusy={isBusy}
          onConfirm={async () => {
            await act(UndoSpreadsheetDocument, { importId: id });
          }}
        />
      ) : null}
      {status === 'PREVIEW' || status === 'FAILED' || status === 'PARSING' || status === 'UPLOADED' ? (
        <Button look="quiet" isBusy={isBusy} onClick={() => void act(DiscardSpreadsheetDocument, { importId: id })}>
          {t(status === 'PREVIEW' || status === 'FAILED' ? 'discard' : 'cancel')}
        </Button>
      ) : null}
      <RefusalNote
        refusal={refusal}
        words={({ code }) => {
          const known = worded.find((one) => one === code);
          return known === undefined ? undefined : t(`refused.${known}`);
        }}
      />
    </div>
  );
}
