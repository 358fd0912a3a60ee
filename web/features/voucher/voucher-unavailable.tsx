import { useTranslations } from 'next-intl';
import classes from './voucher.module.css';
import { VoucherFrame } from './voucher-frame.tsx';

/** The voucher could not be read just now: what happened, that the voucher is safe, and what to do. */
export function VoucherUnavailable({
  code,
  requestId,
}: {
  /** The graph's code. */
  readonly code: string;
  readonly requestId: string | null;
}) {
  const t = useTranslations('voucher.unavailable');
  return (
    <VoucherFrame>
      <h1>{t('title')}</h1>
      <p>{t(code === 'RATE_LIMITED' ? 'tooMany' : 'why')}</p>
      <p>
        {/* The same address, without a script: whoever was sent the link may have none. */}
        <a href="?" className={classes.again}>
          {t('again')}
        </a>
      </p>
      {requestId === null ? null : (
        <p className={classes.note}>
          {t('request')} <code>{requestId}</code>
        </p>
      )}
    </VoucherFrame>
  );
}
