'use client';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from './button.tsx';

const shownMs = 2_000;

/** Copies a text, and says so for a moment. */
export function CopyButton({
  text,
  what,
  label,
}: {
  readonly text: string;
  /** What it is that is copied, for who cannot see it. */
  readonly what: string;
  /** Stands on the button instead of the word for copying. */
  readonly label?: string;
}) {
  const t = useTranslations('copy');
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), shownMs);
  };
  const Icon = isCopied ? IconCheck : IconCopy;
  return (
    <Button
      size="small"
      look="quiet"
      onClick={copy}
      icon={<Icon size={14} aria-hidden="true" />}
      aria-label={t('name', { what })}
    >
      {isCopied ? t('done') : (label ?? t('do'))}
    </Button>
  );
}
