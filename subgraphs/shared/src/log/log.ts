import type { Logger } from 'pino';

/** The structured log. Made by `createLog`, which redacts secrets by path and by shape. */
export type Log = Logger;
