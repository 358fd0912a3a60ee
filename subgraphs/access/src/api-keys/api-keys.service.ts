import { parseInput } from '@cauce/shared/errors/parse-input';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { AccessDeps } from '../access-deps.ts';
import type { Seen, Sight } from '../sight.ts';
import { type ApiKeyFilter, type ApiKeyRow, createApiKeyStore } from './api-key.store.ts';
import { createApiKeySchema, createCreateApiKey } from './create-api-key.ts';
import { createRevokeApiKey } from './revoke-api-key.ts';
import { createRotateApiKey, rotateApiKeySchema } from './rotate-api-key.ts';
import { createKeyUsage, type KeyUsage } from './usage.service.ts';

export type ApiKey = Seen<ApiKeyRow>;

/** Keys for programs; input comes as clients sent it. */
export interface ApiKeys {
  page(filter: ApiKeyFilter, page: PageArgs): Promise<Page<ApiKey>>;
  /** Null for one that does not exist or that who asks may not know of. */
  one(id: string): Promise<ApiKey | null>;
  /** A key as who asks sees what belongs to it. */
  seen(row: ApiKeyRow): ApiKey;
  /** The key and its text, shown this once. */
  create(input: unknown): Promise<{ readonly apiKey: ApiKey; readonly secret: string }>;
  revoke(id: string): Promise<ApiKey>;
  /** The key and its new text, shown this once. */
  rotate(input: unknown): Promise<{ readonly apiKey: ApiKey; readonly secret: string }>;
  readonly usage: KeyUsage;
  isAhead(at: Date): boolean;
}

export function createApiKeysMaker(deps: AccessDeps): (scope: RequestScope, sight: Sight) => ApiKeys {
  const create = createCreateApiKey(deps);
  const revoke = createRevokeApiKey(deps);
  const rotate = createRotateApiKey(deps);
  return (scope, sight) => {
    const seen = (row: ApiKeyRow): ApiKey => ({ ...row, sight });
    return {
      seen,
      async one(id) {
        const row = await createApiKeyStore(deps.db.client, scope.viewer, deps.clock.now()).one(id);
        return row === null ? null : seen(row);
      },
      usage: createKeyUsage(deps),
      isAhead: (at) => at > deps.clock.now(),
      async page(filter, args) {
        const store = createApiKeyStore(deps.db.client, scope.viewer, deps.clock.now());
        const keyset = readKeyset(args, ['instant', 'id']);
        const rows = (await store.page(filter, keyset)).map(seen);
        return toPage(
          rows,
          keyset,
          ({ createdAt, id }) => [createdAt.toISOString(), id],
          () => store.count(filter),
        );
      },
      async create(input) {
        const { row, text } = await create(parseInput(createApiKeySchema, input), scope);
        return { apiKey: seen(row), secret: text };
      },
      async revoke(id) {
        return seen(await revoke(id, scope));
      },
      async rotate(input) {
        const { row, text } = await rotate(parseInput(rotateApiKeySchema, input), scope);
        return { apiKey: seen(row), secret: text };
      },
    };
  };
}
