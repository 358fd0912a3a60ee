import { useTranslations } from 'next-intl';
import { VoucherFrame } from './voucher-frame.tsx';

/** A link that shows nothing: it was ended, or it is not whole. Which of both is nobody's business. */
export function VoucherGone() {
  const t = useTranslations('voucher.gone');
  return (
    <VoucherFrame>
      <h1>{t('title')}</h1>
      <p>{t('hint')}</p>
    </VoucherFrame>
  );
}
