import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { AccessBuilder, AccessRefs } from '../../access-builder.ts';
import type { DocumentRow } from './document.store.ts';
import { documentLimits } from './read-document.ts';

/** Documents of keys: `ApiKey.documents`, the mutations that change them, and how the gateway reads them. */
export function addKeyDocuments(builder: AccessBuilder, { apiKey }: AccessRefs): void {
  const document = builder.objectRef<DocumentRow>('ApiKeyDocument').implement({
    description: 'A GraphQL document that a key may send by its hash.',
    fields: (t) => ({
      hash: t.exposeString('hash', { description: 'SHA-256 of its text in UTF-8, as 64 hexadecimal digits.' }),
      operations: t.stringList({
        description: 'Names of its operations.',
        resolve: ({ operations }) => [...operations],
      }),
      text: t.exposeString('text', { description: 'What was registered, to the letter.' }),
      registeredAt: t.expose('registeredAt', { type: 'DateTime', description: 'When it was registered.' }),
    }),
  });
  builder.objectFields(apiKey, (t) => ({
    registeredOnly: t.exposeBoolean('registeredOnly', {
      description: 'Whether it runs its registered documents and nothing else, whatever the gateway allows others.',
    }),
    documents: t.field({
      type: [document],
      description: `What was registered for it, at most ${documentLimits.documents}, by the names of the operations.`,
      listSize: { assumedSize: documentLimits.documents },
      resolve: async ({ id }, _args, { services }) => [...(await services.keyDocuments.of(id))],
    }),
  }));

  const keyField = 'The key: an own one, or with access:write one of a person whom who asks sees.';
  const registerInput = builder.inputType('RegisterApiKeyDocumentsInput', {
    description: 'Documents to register for a key.',
    fields: (t) => ({
      keyId: t.id({ description: keyField }),
      documents: t.stringList({
        description: `Texts of GraphQL documents, at most ${documentLimits.documentsAtOnce} of ${documentLimits.characters} characters, each operation with a name.`,
      }),
    }),
  });
  const removeInput = builder.inputType('RemoveApiKeyDocumentsInput', {
    description: 'Documents that a key is to send no more.',
    fields: (t) => ({
      keyId: t.id({ description: keyField }),
      hashes: t.stringList({ description: 'Their hashes; those that are not registered are passed over.' }),
    }),
  });
  const registeredOnlyInput = builder.inputType('SetApiKeyRegisteredOnlyInput', {
    description: 'Whether a key is held to its documents.',
    fields: (t) => ({
      keyId: t.id({ description: keyField }),
      registeredOnly: t.boolean({ description: 'True for its registered documents and nothing else.' }),
    }),
  });
  builder.mutationFields((t) => ({
    registerApiKeyDocuments: t.field({
      type: apiKey,
      description:
        'Registers documents for a key, which may then send their hashes. The gateway refuses those that do not fit the graph. For people only; may be repeated.',
      authScopes: { authenticated: true },
      errors: { types: [ValidationFailed, NotFound, Conflict], union: { name: 'RegisterApiKeyDocumentsResult' } },
      args: { input: t.arg({ type: registerInput, description: 'The key and the documents.' }) },
      resolve: async (_root, { input }, { services }) =>
        services.apiKeys.seen(await services.keyDocuments.register(input)),
    }),
    removeApiKeyDocuments: t.field({
      type: apiKey,
      description: 'Takes documents from a key, and ends its streams. For people only; may be repeated.',
      authScopes: { authenticated: true },
      errors: { types: [ValidationFailed, NotFound, Conflict], union: { name: 'RemoveApiKeyDocumentsResult' } },
      args: { input: t.arg({ type: removeInput, description: 'The key and the hashes.' }) },
      resolve: async (_root, { input }, { services }) =>
        services.apiKeys.seen(await services.keyDocuments.remove(input)),
    }),
    setApiKeyRegisteredOnly: t.field({
      type: apiKey,
      description: 'Holds a key to its registered documents, or frees it; a change ends its streams. For people only.',
      authScopes: { authenticated: true },
      errors: { types: [ValidationFailed, NotFound, Conflict], union: { name: 'SetApiKeyRegisteredOnlyResult' } },
      args: { input: t.arg({ type: registeredOnlyInput, description: 'The key, and whether.' }) },
      resolve: async (_root, { input }, { services }) =>
        services.apiKeys.seen(await services.keyDocuments.setRegisteredOnly(input)),
    }),
  }));

  const manifestInput = builder.inputType('ApiKeyManifestInput', {
    inaccessible: true,
    description: 'Whose documents the gateway asks for.',
    fields: (t) => ({ keyId: t.id({ description: 'The key.' }) }),
  });
  builder.queryField('apiKeyManifest', (t) =>
    t.field({
      type: 'JSON',
      inaccessible: true,
      description: 'The texts of a key’s documents by their hash. For the platform only.',
      authScopes: { internal: true },
      args: { input: t.arg({ type: manifestInput, description: 'The key.' }) },
      resolve: (_root, { input }, { services }) => services.keyDocuments.manifest(input.keyId),
    }),
  );
}
