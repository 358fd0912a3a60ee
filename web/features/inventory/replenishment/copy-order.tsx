'use client';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ProposalRowFragment } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { useUnits } from '../units/use-units.ts';
import { orderText } from './order-text.ts';
import { orderedQuantity } from './ordered.ts';
import classes from './replenishment.module.css';
import type { Typed } from './typed-orders.ts';

const shownMs = 2_000;

/** Copies what is ordered from one supplier as a text to be sent: with the quantities that somebody typed, without zeros. */
export function CopyOrder({
  supplier,
  siteName,
  today,
  typed,
  allRows,
}: {
  readonly supplier: string;
  readonly siteName: string;
  /** The site's calendar day. */
  readonly today: string;
  readonly typed: Typed;
  readonly allRows: () => Promise<readonly ProposalRowFragment[]>;
}) {
  const t = useTranslations('inventory.replenishment.copyOrder');
  const format = useFormat();
  const units = useUnits();
  const [state, setState] = useState<'ready' | 'busy' | 'done' | 'failed'>('ready');
  const copy = async () => {
    setState('busy');
    try {
      const lines = (await allRows()).flatMap(({ product, quantity: proposed }) => {
        if (product === null) return [];
        const quantity = orderedQuantity(typed[product.id], proposed);
        if (Number(quantity) === 0) return [];
        // With every decimal: who delivers reads just this.
        const digits = quantity.replace(/\.?0+$/, '').split('.')[1]?.length ?? 0;
        return [{ sku: product.sku, name: product.name, quantity: units.quantity(quantity, product.unit, { digits }) }];
      });
      const heading = t('heading', { site: siteName, supplier, day: format.day(today) });
      await navigator.clipboard.writeText(orderText(heading, lines));
      setState('done');
      setTimeout(() => setState('ready'), shownMs);
    } catch {
      setState('failed');
    }
  };
  const Icon = state === 'done' ? IconCheck : IconCopy;
  return (
    <>
      {state === 'failed' ? (
        <span className={classes.doubt} role="alert">
          {t('failed')}
        </span>
      ) : null}
      <Button size="small" isBusy={state === 'busy'} icon={<Icon size={15} aria-hidden="true" />} onClick={copy}>
        {t(state === 'done' ? 'done' : 'do')}
      </Button>
    </>
  );
}
