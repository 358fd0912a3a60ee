import { AppError } from '@cauce/shared/errors/app-error';
import { z } from 'zod';
import type { AccessBuilder } from '../access-builder.ts';

/**
 * `authenticate`: how the gateway learns who asks. Hidden from clients and open to the platform only. The gateway has
 * verified the token's signature or the key's checksum; what stands in the database is told here.
 */
export function addAuthenticate(builder: AccessBuilder): void {
  const sessionClaims = builder.inputType('SessionClaimsInput', {
    inaccessible: true,
    description: 'What a verified access token says.',
    fields: (t) => ({
      userId: t.id({ description: 'Claim `sub`.' }),
      familyId: t.id({ description: 'Claim `sid`: the sign-in.' }),
      version: t.int({ description: 'Claim `ver`: the rights version of the user when it was issued.' }),
    }),
  });
  const apiKeyReference = builder.inputType('ApiKeyReferenceInput', {
    inaccessible: true,
    description: 'A key that was shown at the door; its secret stays there.',
    fields: (t) => ({
      keyId: t.string({ description: 'The readable part.' }),
      secretHash: t.string({ description: 'SHA-256 of the secret part, hex.' }),
    }),
  });
  const authenticateInput = builder.inputType('AuthenticateInput', {
    inaccessible: true,
    description: 'One of the two.',
    fields: (t) => ({
      session: t.field({ type: sessionClaims, required: false, description: 'An access token.' }),
      apiKey: t.field({ type: apiKeyReference, required: false, description: 'An API key.' }),
    }),
  });

  builder.queryField('authenticate', (t) =>
    t.field({
      type: 'JSON',
      inaccessible: true,
      description:
        'The viewer behind a credential, as things stand now (the `Viewer` of the kit). UNAUTHENTICATED when it is no good any more, TOKEN_EXPIRED when a refresh makes it good.',
      authScopes: { internal: true },
      args: { input: t.arg({ type: authenticateInput, description: 'The credential.' }) },
      resolve: (_root, { input }, { services }) => {
        const { session, apiKey } = readCredential(input);
        if (session) return services.viewers.bySession(session);
        if (apiKey) return services.viewers.byApiKey(apiKey.keyId, apiKey.secretHash);
        throw new AppError('BAD_USER_INPUT', 'Give either session or apiKey', { detail: { argument: 'input' } });
      },
    }),
  );
}

const credentialSchema = z.object({
  session: z.object({ userId: z.uuid(), familyId: z.uuid(), version: z.int() }).nullish(),
  apiKey: z.object({ keyId: z.string().regex(/^\w+$/), secretHash: z.string().regex(/^[\da-f]{64}$/) }).nullish(),
});

function readCredential(input: unknown): z.output<typeof credentialSchema> {
  const parsed = credentialSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError('UNAUTHENTICATED', 'The credential cannot be read', { cause: parsed.error });
}
