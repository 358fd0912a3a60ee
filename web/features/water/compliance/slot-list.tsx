'use client';
import { useTranslations } from 'next-intl';
import type { ComplianceSlotFragment } from '../../../graphql/generated/graphql.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Row, RowList } from '../../../ui/row-list.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { dayIn } from './calendar-month.ts';
import { toneOf } from './slot-state.ts';

/** Slots with their states and why; each can be opened. */
export function SlotList({
  slots,
  hasPoint,
  onOpen,
}: {
  readonly slots: readonly ComplianceSlotFragment[];
  /** Names the point and the day of each; left out where all are of one. */
  readonly hasPoint: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const format = useFormat();
  return (
    <RowList>
      {slots.map((slot) => {
        const time = format.clockIn(Date.parse(slot.slotAt), slot.timeZone);
        const day = format.day(dayIn(slot.slotAt, slot.timeZone), false);
        return (
          <Row
            key={slot.id}
            title={hasPoint ? (slot.point?.name ?? slot.sourceCode) : time}
            subtitle={[hasPoint ? `${day}, ${time}` : null, slot.explanation ?? slot.voucher]
              .filter((fact) => fact !== null)
              .join(' · ')}
            tag={<SlotTag slot={slot} />}
            onOpen={() => onOpen(slot.id)}
          />
        );
      })}
    </RowList>
  );
}

/** The state of a slot in a word. */
export function SlotTag({ slot }: { readonly slot: Pick<ComplianceSlotFragment, 'status' | 'resolution'> }) {
  const t = useTranslations('water');
  const isDismissed = slot.status === 'SKIPPED' && slot.resolution !== null;
  return (
    <StateTag tone={toneOf({ status: slot.status, isDismissed })}>
      {isDismissed ? t('compliancePage.dismissed') : t(`compliance.${slot.status}`)}
    </StateTag>
  );
}
