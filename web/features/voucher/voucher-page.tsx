import { IconRosetteDiscountCheck } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import type { PublicVoucherQuery } from '../../graphql/generated/graphql.ts';
import { Details } from '../../ui/details.tsx';
import { formatInstant, formatZone } from '../../ui/format/dates.ts';
import { useReported } from '../water/compliance/value-names.ts';
import classes from './voucher.module.css';
import { VoucherFrame } from './voucher-frame.tsx';

/** What a regulator's voucher says, for anybody who was given the link; nothing of who holds the work. */
export function VoucherPage({ voucher }: { readonly voucher: NonNullable<PublicVoucherQuery['publicVoucher']> }) {
  const t = useTranslations('voucher');
  const reported = useReported();
  const language = useLocale() === 'en' ? 'en' : 'es';
  const { timeZone } = voucher;
  const zone = formatZone(timeZone, language, new Date(voucher.slotAt));
  const instant = (at: string | null) => (at === null ? '–' : `${formatInstant(at, language, timeZone)} (${zone})`);
  return (
    <VoucherFrame>
      <p className={classes.regulator}>{voucher.regulator}</p>
      <h1>{t('title')}</h1>
      <p className={classes.number}>
        <code>{voucher.voucher}</code>
      </p>
      <p className={classes.state} data-verified={voucher.verifiedAt !== null}>
        <IconRosetteDiscountCheck size={17} aria-hidden="true" />
        {voucher.verifiedAt === null ? t('accepted') : t('verified')}
      </p>
      <Details
        rows={[
          ...(voucher.workCode === null ? [] : [[t('work'), voucher.workCode] as const]),
          [t('slotAt'), instant(voucher.slotAt)],
          ...voucher.values.map(({ name, value }) => reported(name, value)),
          [t('acceptedAt'), instant(voucher.acceptedAt)],
          [t('verifiedAt'), instant(voucher.verifiedAt)],
        ]}
      />
      <p className={classes.note}>{t('note')}</p>
    </VoucherFrame>
  );
}
