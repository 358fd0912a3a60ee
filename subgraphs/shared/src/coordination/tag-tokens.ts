import { randomBytes } from 'node:crypto';

/**
 * One random token for each tag. A cached value is kept under the tokens of its tags; a renewed token hides all that
 * was kept, or is just being loaded, under the old one. No clocks are compared, and a forgotten token costs a load.
 */
export interface TagTokens {
  /** The tokens of these tags, made where there are none; null when they cannot be known now. */
  read(tags: readonly string[]): Promise<readonly string[] | null>;
  renew(tags: readonly string[]): Promise<void>;
}

export function makeToken(): string {
  return randomBytes(9).toString('base64url');
}

/** Tokens of one process; the oldest are forgotten past the limit. */
export function createMemoryTagTokens(limit = 50_000): TagTokens {
  const tokens = new Map<string, string>();
  const put = (tag: string): string => {
    const token = makeToken();
    tokens.delete(tag);
    tokens.set(tag, token);
    for (const oldest of tokens.keys()) {
      if (tokens.size <= limit) break;
      tokens.delete(oldest);
    }
    return token;
  };
  return {
    read: async (tags) => tags.map((tag) => tokens.get(tag) ?? put(tag)),
    renew: async (tags) => {
      for (const tag of tags) put(tag);
    },
  };
}
