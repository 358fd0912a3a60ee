import type { SaveProviderInput } from './provider-input.ts';
import { credentialsSchema, type ProviderCredentials } from './provider-settings.ts';

type GivenCredentials = NonNullable<SaveProviderInput['credentials']>;

/** What is given replaces what is kept, name by name; null removes it, and what is left out stays. */
export function mergeCredentials(kept: ProviderCredentials, given: GivenCredentials): ProviderCredentials {
  const single = Object.entries({ username: given.username, password: given.password, apiKey: given.apiKey });
  const changed = Object.fromEntries(single.filter(([, value]) => value !== undefined));
  const merged = Object.entries({ ...kept, ...changed }).filter(([, value]) => value !== null);
  return credentialsSchema.parse({
    ...Object.fromEntries(merged),
    deviceTokens: mergeNamed(kept.deviceTokens, given.deviceTokens),
    secrets: mergeNamed(kept.secrets, given.secrets),
  });
}

function mergeNamed(
  kept: Readonly<Record<string, string>>,
  given: GivenCredentials['secrets'],
): Record<string, string> {
  const merged = new Map(Object.entries(kept));
  for (const { name, value } of given ?? []) {
    if (value == null) merged.delete(name);
    else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}
