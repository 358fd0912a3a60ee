'use client';
import { IconDownload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useGraphContext } from '../../../graphql/graph-provider.tsx';
import { Button } from '../../../ui/button.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import classes from './compliance.module.css';

const formats = ['csv', 'xlsx'] as const;

/** Saves a month of a site's ledger as a file, made by the platform with the viewer's own rights. */
export function ExportMonth({
  siteId,
  month,
  from,
  to,
}: {
  readonly siteId: string;
  readonly month: string;
  /** Instants, the second not included. */
  readonly from: string;
  readonly to: string;
}) {
  const t = useTranslations('water.compliancePage');
  const { url, session } = useGraphContext();
  const [busy, setBusy] = useState<(typeof formats)[number] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const save = async (format: (typeof formats)[number]) => {
    setBusy(format);
    setFailed(false);
    try {
      const query = new URLSearchParams({ site: siteId, from, to, format });
      const address = new URL(`/api/data/compliance_submissions?${query}`, url);
      const response = await fetch(address, { headers: { authorization: `Bearer ${await session.token()}` } });
      if (!response.ok) throw new Error(String(response.status));
      saveFile(`cauce-${month}.${format}`, await response.blob());
    } catch {
      setFailed(true);
    } finally {
      setBusy(null);
    }
  };
  return (
    <span className={classes.acts}>
      {hasFailed ? <span role="alert">{t('exportFailed')}</span> : null}
      {formats.map((format) => (
        <Button
          key={format}
          size="small"
          icon={<IconDownload size={15} aria-hidden="true" />}
          isBusy={busy === format}
          onClick={() => void save(format)}
          aria-label={t('exportAs', { format: format.toUpperCase() })}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </span>
  );
}
