import type { Clock } from '@cauce/shared/clock';
import type { HttpClient } from '@cauce/shared/http/http-client';
import { createDescribedHttpSource } from './drivers/described-http.ts';
import { createSampleSource } from './drivers/sample.ts';
import { createTagoSource } from './drivers/tagoio.ts';
import { createThethingsSource } from './drivers/thethings.ts';
import { createThingsBoardSource } from './drivers/thingsboard.ts';
import { createProviderCall } from './provider-call.ts';
import { connectionSchemas, type ProviderCredentials, type PulledKind, secretsOf } from './provider-settings.ts';
import type { SourceOfReadings } from './source-of-readings.ts';

export interface OpenSourceDeps {
  readonly http: HttpClient;
  readonly clock: Clock;
  /** First pause before a failed call is tried again, ms. */
  readonly retryPauseMs?: number;
}

export interface ProviderAccount {
  readonly id: string;
  readonly kind: PulledKind;
  readonly connection: unknown;
  readonly credentials: ProviderCredentials;
}

/** The source that an account's kind and connection describe. Throws a ZodError for a connection of another shape. */
export function openSource(deps: OpenSourceDeps, account: ProviderAccount): SourceOfReadings {
  const { kind, credentials } = account;
  const { clock } = deps;
  const callWith = (timeoutMs: number) =>
    createProviderCall({ ...deps, providerId: account.id, secrets: secretsOf(credentials), timeoutMs });
  switch (kind) {
    case 'TWIN':
    case 'TDATA': {
      const connection = connectionSchemas[kind].parse(account.connection);
      return createThingsBoardSource({ call: callWith(connection.timeoutMs), clock, connection, credentials });
    }
    case 'NETTRA':
    case 'THINGSIO': {
      const connection = connectionSchemas[kind].parse(account.connection);
      return createThethingsSource({ call: callWith(connection.timeoutMs), connection, credentials });
    }
    case 'NOVUS':
    case 'TAGO': {
      const connection = connectionSchemas[kind].parse(account.connection);
      return createTagoSource({ call: callWith(connection.timeoutMs), connection, credentials });
    }
    case 'HTTP_PULL': {
      const { description, timeoutMs } = connectionSchemas[kind].parse(account.connection);
      return createDescribedHttpSource({ call: callWith(timeoutMs), description, credentials, now: clock.now });
    }
    case 'SAMPLE':
      return createSampleSource(clock.now);
  }
}
