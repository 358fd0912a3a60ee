'use client';
import { IconLink } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ShareVoucherDocument, UnshareVoucherDocument } from '../../../graphql/generated/graphql.ts';
import { useAct } from '../../../graphql/use-act.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { RefusalNote } from '../../../ui/refusal-note.tsx';
import classes from './compliance.module.css';

/** Makes a link under which anybody can see the voucher, shown once, and ends it. */
export function VoucherShare({
  id,
  sharedAt,
  onChanged,
}: {
  readonly id: string;
  /** Since when there is a link; null without one. */
  readonly sharedAt: string | null;
  readonly onChanged: () => void;
}) {
  const t = useTranslations('water.compliancePage');
  const format = useFormat();
  const { act, isBusy, refusal } = useAct();
  const [link, setLink] = useState<string | null>(null);
  const share = async () => {
    const data = await act(ShareVoucherDocument, { id });
    if (data?.shareVoucher.__typename !== 'MadeVoucherLink') return;
    setLink(`${window.location.origin}/${format.language}/voucher/${data.shareVoucher.token}`);
    onChanged();
  };
  const unshare = async () => {
    if ((await act(UnshareVoucherDocument, { id })) === null) return;
    setLink(null);
    onChanged();
  };
  return (
    <section className={classes.share} aria-label={t('share')}>
      <p className={classes.note}>
        {link !== null
          ? t('shareOnce')
          : sharedAt === null
            ? t('shareHint')
            : t('sharedSince', { at: format.instant(sharedAt) })}
      </p>
      {link === null ? null : (
        <p className={classes.link}>
          <code>{link}</code>
          <CopyButton text={link} what={t('link')} />
        </p>
      )}
      <div className={classes.acts}>
        <Button icon={<IconLink size={15} aria-hidden="true" />} isBusy={isBusy} onClick={share}>
          {sharedAt === null ? t('share') : t('shareAnew')}
        </Button>
        {sharedAt === null && link === null ? null : (
          <ConfirmButton label={t('unshare')} question={t('unshareHint')} isBusy={isBusy} onConfirm={unshare} />
        )}
      </div>
      <RefusalNote refusal={refusal} />
    </section>
  );
}
