'use client';
import { IconDownload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../button.tsx';
import { useFormat } from '../format/use-format.ts';
import { saveFile } from '../save-file.ts';
import { toCsv } from './csv.ts';
import classes from './table.module.css';
import type { TableColumn } from './table-column.ts';
import { workbookBlob } from './workbook.ts';

type Format = 'csv' | 'xlsx';

/** Saves the rows that match the filters, with the columns that are shown, as CSV and where it is wanted as a workbook. */
export function ExportButton<Row>({
  fileName,
  columns,
  rows,
  hasWorkbook = false,
  isEmpty,
}: {
  readonly fileName: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: () => Promise<readonly Row[]>;
  readonly hasWorkbook?: boolean;
  readonly isEmpty: boolean;
}) {
  const t = useTranslations('table');
  const { language } = useFormat();
  const [busy, setBusy] = useState<Format | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const save = async (format: Format) => {
    setBusy(format);
    setFailed(false);
    try {
      const header = columns.map(({ label, unit }) => (unit === undefined ? label : `${label} (${unit})`));
      const body = (await rows()).map((row) => columns.map((column) => column.value(row)));
      const file =
        format === 'csv'
          ? new Blob([toCsv(header, body, language)], { type: 'text/csv;charset=utf-8' })
          : await workbookBlob(header, body, fileName);
      saveFile(`${fileName}.${format}`, file);
    } catch {
      setFailed(true);
    } finally {
      setBusy(null);
    }
  };
  const button = (format: Format, label: string, text: string) => (
    <Button
      size="small"
      icon={<IconDownload size={15} />}
      isBusy={busy === format}
      disabled={isEmpty}
      onClick={() => save(format)}
      aria-label={label}
    >
      {text}
    </Button>
  );
  return (
    <>
      {hasFailed ? (
        <span className={classes.failed} role="alert">
          {t('exportFailed')}
        </span>
      ) : null}
      {button('csv', t('export'), 'CSV')}
      {hasWorkbook ? button('xlsx', t('exportWorkbook'), 'Excel') : null}
    </>
  );
}
