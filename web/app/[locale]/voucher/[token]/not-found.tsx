import { VoucherGone } from '../../../../features/voucher/voucher-gone.tsx';

/** A voucher's link that shows nothing. */
export default function NotFound() {
  return <VoucherGone />;
}
