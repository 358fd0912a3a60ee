import type { ReactNode } from 'react';
import { Brand } from '../../shell/brand.tsx';
import { LanguageSwitch } from '../../shell/language-switch.tsx';
import classes from './voucher.module.css';

/** The card that a voucher's link leads to, whatever stands on it. */
export function VoucherFrame({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Brand />
        <LanguageSwitch />
      </header>
      <main className={classes.card}>{children}</main>
    </div>
  );
}
