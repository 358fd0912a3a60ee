import type { ClinicsRefs } from '../refs.ts';

/** What clinics adds to a person: nullable, so that without the permission the person stays. */
export function addUserFields({ user, conversation }: ClinicsRefs): void {
  user.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      conversationsTaken: t.field({
        type: [conversation],
        nullable: true,
        description:
          'Open conversations that the person answers instead of the agent, within the viewer’s reach, latest first.',
        authScopes: { permission: 'clinics:read' },
        resolve: async ({ id }, _args, { services }) => [...(await services.conversations.takenBy(id))],
      }),
    }),
  });
}
