import { personal } from '../personal-data.ts';
import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';
import { messageAuthors, messageDirections, messageStatuses } from './conversation.ts';

/** Adds `ConversationMessage`. */
export function addMessages(builder: ClinicsBuilder, { message, user }: ClinicsRefs): void {
  const direction = builder.enumType('MessageDirection', {
    description: 'INBOUND comes from the patient, OUTBOUND goes to them.',
    values: messageDirections,
  });
  const author = builder.enumType('MessageAuthor', { description: 'Who wrote it.', values: messageAuthors });
  const status = builder.enumType('MessageStatus', {
    description: 'How far it got. UNKNOWN: the answer of the carrier was lost, so it may or may not have been sent.',
    values: messageStatuses,
  });
  const instant = { type: 'DateTime', nullable: true } as const;
  message.implement({
    description: 'One message of a conversation.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      direction: t.expose('direction', { type: direction, description: 'Which way it went.' }),
      author: t.expose('author', { type: author, description: 'Who wrote it.' }),
      authorUser: t.field({
        type: user,
        nullable: true,
        description: 'The person, when staff wrote it.',
        resolve: ({ authorUserId }) => (authorUserId === null ? null : { id: authorUserId }),
      }),
      type: t.exposeString('type', { description: 'As WhatsApp names it: `text`, `interactive`, `image`.' }),
      text: t.string({
        nullable: true,
        description: 'What it says; null without the permission `patients:read`, and for messages without text.',
        resolve: ({ text }, _args, { viewer }) => personal(viewer, text),
      }),
      status: t.expose('status', { type: status, description: 'How far it got.' }),
      sentAt: t.expose('sentAt', { type: 'DateTime', description: 'When it was sent, by the sender’s clock.' }),
      deliveredAt: t.expose('deliveredAt', { ...instant, description: 'When it reached the phone.' }),
      readAt: t.expose('readAt', { ...instant, description: 'When it was read.' }),
    }),
  });
}
