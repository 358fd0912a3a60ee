import { createLog } from '@cauce/shared/log/create-log';

/** The start prints its own lines; what its parts would log belongs to the platform's log. */
export const silentLog = createLog({ name: 'start', level: 'silent' });
