import { can } from '@cauce/shared/auth/viewer';
import { initialsOf, personal, seesPatients } from '../personal-data.ts';
import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';
import { conversationStates } from './conversation.ts';

/** Adds `Conversation`, the list and the detail. */
export function addConversations(builder: ClinicsBuilder, refs: ClinicsRefs): void {
  const { conversation, clinic, patient, user, message } = refs;
  const authScopes = { permission: 'clinics:read' } as const;
  const state = builder.enumType('ConversationState', {
    description: 'How far the talk about an appointment is.',
    values: conversationStates,
  });
  const instant = { type: 'DateTime', nullable: true } as const;
  conversation.implement({
    description: 'A talk between a patient and a clinic over WhatsApp. One is open per clinic and phone.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      state: t.expose('state', { type: state, description: 'How far it is.' }),
      isOpen: t.boolean({ description: 'Whether it goes on.', resolve: ({ closedAt }) => closedAt === null }),
      isEmergency: t.exposeBoolean('isEmergency', {
        description: 'Words of an emergency were found: a person must answer.',
      }),
      phone: t.string({
        nullable: true,
        description: 'The patient’s phone, E.164; null without the permission `patients:read`.',
        resolve: ({ phone }, _args, { viewer }) => personal(viewer, phone),
      }),
      contactName: t.string({
        nullable: true,
        description: 'Name that the contact goes by; the initials without the permission `patients:read`.',
        resolve: ({ contactName }, _args, { viewer }) =>
          contactName === null || seesPatients(viewer) ? contactName : initialsOf(contactName),
      }),
      locale: t.exposeString('locale', { description: 'Language of the talk: `es` or `en`.' }),
      unreadCount: t.exposeInt('unreadCount', { description: 'Messages of the patient that nobody has read.' }),
      lastInboundAt: t.expose('lastInboundAt', { ...instant, description: 'When the patient last wrote.' }),
      lastActivityAt: t.expose('lastActivityAt', { type: 'DateTime', description: 'When anybody last wrote.' }),
      takenAt: t.expose('takenAt', { ...instant, description: 'When a person took it over from the agent.' }),
      closedAt: t.expose('closedAt', { ...instant, description: 'When it ended.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it began.' }),
      clinic: t.field({
        type: clinic,
        nullable: true,
        description: 'The clinic that was written to.',
        resolve: ({ clinicId }, _args, { services }) => services.clinics.byId(clinicId),
      }),
      patient: t.field({
        type: patient,
        nullable: true,
        description: 'Who it is; null until the patient is identified.',
        resolve: ({ patientId }, _args, { services }) =>
          patientId === null ? null : services.patients.byId(patientId),
      }),
      takenBy: t.field({
        type: user,
        nullable: true,
        description: 'The person who answers instead of the agent.',
        resolve: ({ takenBy }) => (takenBy === null ? null : { id: takenBy }),
      }),
      lastMessage: t.field({
        type: message,
        nullable: true,
        description: 'The newest message.',
        resolve: ({ id }, _args, { services }) => services.conversations.lastMessage(id),
      }),
      messages: t.connection(
        {
          type: message,
          description: 'What was said, newest first.',
          resolve: ({ id }, page, { services }) => services.conversations.messages(id, page),
        },
        { name: 'ConversationMessageConnection', description: 'Messages, page by page.' },
        { name: 'ConversationMessageEdge' },
      ),
    }),
  });
  builder.asEntity(conversation, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services, viewer }) =>
      can(viewer, 'clinics:read') ? services.conversations.byId(id) : null,
  });

  const filter = builder.inputType('ConversationFilterInput', {
    description: 'Which conversations to list; what is left out does not narrow.',
    fields: (t) => ({
      clinicId: t.id({ required: false, description: 'Only with this clinic.' }),
      siteIds: t.idList({ required: false, description: 'Only with clinics of these sites.' }),
      states: t.field({ type: [state], required: false, description: 'Only in these states.' }),
      isOpen: t.boolean({ required: false, description: 'Only open ones, or only closed ones.' }),
      isUnread: t.boolean({ required: false, description: 'Only with unread messages, or only without.' }),
      isEmergency: t.boolean({ required: false, description: 'Only emergencies, or only the others.' }),
      takenBy: t.id({ required: false, description: 'Only those that this person answers.' }),
      patientId: t.id({ required: false, description: 'Only of this patient.' }),
    }),
  });
  builder.queryField('conversations', (t) =>
    t.connection(
      {
        type: conversation,
        description: 'Conversations within the viewer’s reach, latest activity first.',
        authScopes,
        args: { filter: t.arg({ type: filter, required: false, description: 'Which of them.' }) },
        resolve: (_root, { filter: wanted, ...page }, { services }) => services.conversations.page(wanted ?? {}, page),
      },
      { name: 'ConversationConnection', description: 'Conversations, page by page.' },
      { name: 'ConversationEdge' },
    ),
  );
  builder.queryField('conversation', (t) =>
    t.field({
      type: conversation,
      nullable: true,
      description: 'One conversation; null when there is none within reach.',
      authScopes,
      args: { id: t.arg.id({ description: 'The conversation.' }) },
      resolve: (_root, { id }, { services }) => services.conversations.byId(id),
    }),
  );
}
