'use client';
import { IconTableImport, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import classes from './imports.module.css';
import { ProgressLine } from './progress-line.tsx';
import { useIncomingFiles } from './use-incoming-files.ts';
import type { OutgoingFile } from './use-sending.ts';

/** Where files come in: chosen, or dropped or pasted anywhere on the page. */
export function DropZone({
  files,
  onFiles,
  onForget,
}: {
  readonly files: readonly OutgoingFile[];
  readonly onFiles: (files: readonly File[]) => void;
  readonly onForget: (key: number) => void;
}) {
  const t = useTranslations('inventory.imports');
  const input = useRef<HTMLInputElement>(null);
  const isOver = useIncomingFiles(onFiles, t('drop.pasted'));
  return (
    <>
      <div className={classes.drop} data-over={isOver}>
        <IconTableImport size={26} stroke={1.4} aria-hidden="true" />
        <p className={classes.dropTitle}>{t('drop.title')}</p>
        <p className={classes.dropHint}>{t('drop.hint')}</p>
        <Button look="primary" onClick={() => input.current?.click()}>
          {t('drop.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept=".xlsx,.xls"
          aria-label={t('drop.choose')}
          onChange={(event) => {
            onFiles([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {files.length === 0 ? null : (
        <ul className={classes.outgoing} aria-label={t('drop.sending')}>
          {files.map((file) => (
            <Outgoing key={file.key} file={file} onForget={() => onForget(file.key)} />
          ))}
        </ul>
      )}
    </>
  );
}

const worded = ['TOO_LARGE', 'PAYLOAD_TOO_LARGE', 'EMPTY_FILE', 'NOT_A_SPREADSHEET', 'NETWORK', 'FORBIDDEN'] as const;

function Outgoing({ file, onForget }: { readonly file: OutgoingFile; readonly onForget: () => void }) {
  const t = useTranslations('inventory.imports');
  const format = useFormat();
  const { name, size, share, refused } = file;
  return (
    <li>
      <span className={classes.fileName}>{name}</span>
      <small>
        {size < 1024 * 1024
          ? t('kilobytes', { size: format.number(Math.ceil(size / 1024)) })
          : t('megabytes', { size: format.number(size / 1024 / 1024, { digits: 1 }) })}
      </small>
      <Button
        size="icon"
        look="quiet"
        aria-label={t(refused === null ? 'drop.cancel' : 'drop.forget', { name })}
        icon={<IconX size={15} aria-hidden="true" />}
        onClick={onForget}
      />
      {refused === null ? (
        <ProgressLine label={t('drop.sendingOne', { name })} share={share} />
      ) : (
        <p className={classes.wrong} role="alert">
          {t(`notSent.${worded.find((one) => one === refused) ?? 'other'}`)}
        </p>
      )}
    </li>
  );
}
