import { IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { MessageState } from './message-state.tsx';

/** Nothing here yet: says what would be, and how to get it. */
export function EmptyState({
  title,
  hint,
  actions,
}: {
  readonly title: string;
  readonly hint: string;
  readonly actions?: ReactNode;
}) {
  return (
    <MessageState icon={<IconInbox size={18} />} title={title} {...(actions === undefined ? {} : { actions })}>
      {hint}
    </MessageState>
  );
}
