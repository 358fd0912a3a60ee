import { createLog } from '../log/create-log.ts';

/** A log that writes nothing. */
export const silentLog = createLog({ name: 'test', level: 'silent' });
