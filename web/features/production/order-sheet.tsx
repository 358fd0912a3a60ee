'use client';
import { useTranslations } from 'next-intl';
import { Details } from '../../ui/details.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { type OrderRow, statusTones } from './order-columns.tsx';

/** One order in full, beside the list it was opened from. */
export function OrderSheet({ order, onClose }: { readonly order: OrderRow; readonly onClose: () => void }) {
  const t = useTranslations('production.orders');
  const format = useFormat();
  const tons = (value: number | null) => format.quantity(value, 't', { digits: 2 });
  return (
    <Sheet name={t('order', { number: order.orderNumber })} side="right" onClose={onClose} hasTitle>
      <Details
        rows={[
          [
            t('columns.status'),
            <StateTag key="status" tone={statusTones[order.status]}>
              {t(`statuses.${order.status}`)}
            </StateTag>,
          ],
          [t('columns.product'), order.productName ?? '–'],
          ['SKU', order.productSku ?? '–'],
          [t('columns.producedAt'), format.localInstant(order.producedAtLocal)],
          [t('columns.plannedTons'), tons(order.plannedTons)],
          [t('columns.producedTons'), tons(order.producedTons)],
          [t('columns.cancelledTons'), tons(order.cancelledTons)],
          [t('columns.rawMaterialTons'), tons(order.rawMaterialTons)],
          [t('columns.sackoff'), format.percent(order.sackoffPct, { digits: 2 })],
          [t('columns.durability'), format.percent(order.qaDurabilityPct, { digits: 1 })],
          [t('columns.adiflow'), order.hasAdiflow === null ? '–' : order.hasAdiflow ? t('with') : t('without')],
        ]}
      />
    </Sheet>
  );
}
