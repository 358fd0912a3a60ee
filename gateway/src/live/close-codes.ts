/**
 * Why a live connection was ended, as a WebSocket close code. The 44xx ones are graphql-ws's own; clients must not
 * retry 4400, 4401 and 4403 with the same credential.
 */
export const closeCodes = {
  normal: 1000,
  goingAway: 1001,
  tryAgainLater: 1013,
  badRequest: 4400,
  unauthorized: 4401,
  forbidden: 4403,
  /** The access token ended: connect again with a fresh one. */
  tokenExpired: 4440,
  /** Rights changed: connect again, the new ones apply. */
  rightsChanged: 4441,
  /** The client reads slower than events come and its buffer is full. */
  slowConsumer: 4442,
} as const;
