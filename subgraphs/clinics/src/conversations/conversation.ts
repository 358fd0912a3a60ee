import type { Conversation as ConversationRow, Message as MessageRow } from '@cauce/prisma/client';

/** How far the talk about an appointment is. */
export const conversationStates = [
  'INITIAL',
  'IDENTIFIED',
  'SYMPTOMS_CLASSIFIED',
  'SLOTS_SHOWN',
  'SLOT_SELECTED',
  'APPOINTMENT_BOOKED',
  'CANCELLATION_STARTED',
  'FINISHED',
] as const;
export type ConversationState = (typeof conversationStates)[number];

export const messageDirections = ['INBOUND', 'OUTBOUND'] as const;
export const messageAuthors = ['PATIENT', 'AGENT', 'STAFF', 'SYSTEM'] as const;
export const messageStatuses = ['RECEIVED', 'QUEUED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'UNKNOWN'] as const;

/** What its state machine remembers is the machine's own. */
export type Conversation = Omit<ConversationRow, 'context' | 'fencingToken'>;
export type Message = Omit<MessageRow, 'payload' | 'error'>;

export interface ConversationFilter {
  readonly clinicId?: string | null | undefined;
  readonly siteIds?: readonly string[] | null | undefined;
  readonly states?: readonly ConversationState[] | null | undefined;
  readonly isOpen?: boolean | null | undefined;
  readonly isUnread?: boolean | null | undefined;
  readonly isEmergency?: boolean | null | undefined;
  readonly takenBy?: string | null | undefined;
  readonly patientId?: string | null | undefined;
}
