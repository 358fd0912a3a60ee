import { ExpectedFailure } from '@cauce/shared/errors/outcomes';

/** The address or the password is wrong, or the person was shut out; nobody is told which. */
export class InvalidCredentials extends ExpectedFailure {
  constructor() {
    super('INVALID_CREDENTIALS', 'The email or the password is not right');
  }
}

/** The refresh token gives nothing any more: sign in again. `TOKEN_REUSED` means that somebody else may hold it. */
export class SessionEnded extends ExpectedFailure {
  constructor(reason: 'UNKNOWN' | 'EXPIRED' | 'ENDED' | 'TOKEN_REUSED') {
    super(reason, 'The session has ended; sign in again');
  }
}
