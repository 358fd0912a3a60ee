/**
 * The tag of fields, and of types for all their fields, whose answers depend on the viewer's rights and on nothing else
 * of who they are. The gateway lets people of equal rights share live streams of such fields.
 */
export const byRights = 'by-rights';
