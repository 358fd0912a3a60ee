'use client';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from './button.tsx';

/** A request id that can be copied whole, for whoever is asked for help. */
export function CopyId({ id }: { readonly id: string }) {
  const t = useTranslations('failure');
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <Button
      size="small"
      look="quiet"
      onClick={copy}
      icon={isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      aria-label={t('copyId', { id })}
    >
      {isCopied ? t('copied') : id}
    </Button>
  );
}
