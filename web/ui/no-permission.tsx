import { IconLock } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { MessageState } from './message-state.tsx';

/** The viewer may not see this: says what, and who can grant it. */
export function NoPermission({ what }: { readonly what: string }) {
  const t = useTranslations('noPermission');
  return (
    <MessageState icon={<IconLock size={18} />} title={t('title', { what })}>
      {t('hint')}
    </MessageState>
  );
}
