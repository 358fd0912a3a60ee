'use client';
import { IconDownload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../button.tsx';
import { useFormat } from '../format/use-format.ts';
import { toCsv } from './csv.ts';
import classes from './table.module.css';
import type { TableColumn } from './table-column.ts';

/** Saves the rows that match the filters, with the columns that are shown, as CSV. */
export function ExportButton<Row>({
  fileName,
  columns,
  rows,
}: {
  readonly fileName: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: () => Promise<readonly Row[]>;
}) {
  const t = useTranslations('table');
  const { language } = useFormat();
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const header = columns.map(({ label, unit }) => (unit === undefined ? label : `${label} (${unit})`));
      const body = (await rows()).map((row) => columns.map((column) => column.value(row)));
      download(`${fileName}.csv`, toCsv(header, body, language));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="small"
      icon={<IconDownload size={15} />}
      isBusy={isBusy}
      onClick={save}
      aria-label={t('export')}
      className={classes.wideOnly}
    >
      CSV
    </Button>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
