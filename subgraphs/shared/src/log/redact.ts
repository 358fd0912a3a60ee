import { redacted, redactText } from './redact-text.ts';

/**
 * A copy of any value that is safe to write down: values under a secret's name are replaced wherever they are nested,
 * texts lose what looks like a secret, errors become plain objects with their causes, and cycles, getters that throw
 * and endless structures end in a word. Never throws.
 */
export function redact(value: unknown, knownSecrets: readonly string[] = []): unknown {
  return copy(value, { knownSecrets, ancestors: new Set(), budget: { nodes: nodeLimit } });
}

/** Whether a field of this name holds a secret: `password`, `refreshToken`, `x-api-key`, `Set-Cookie`. */
export function isSecretName(name: string): boolean {
  return secretName.test(name.toLowerCase().replace(/[^a-zñ]/g, ''));
}

const nodeLimit = 2_000;
const depthLimit = 12;
const jsonTextLimit = 16_384;

/** Matches a name with only its letters left. Ends are anchored so that `tokenCount` and `apiKeyId` stay readable. */
const secretName =
  /password|passwd|passphrase|contraseña|contrasena|secret|authorization|cookie|(?:^|.)(?:pwd|token|tokens|apikey|apikeys|accesskey|privatekey|signingkey|encryptionkey|credential|credentials|jwt)$|^(?:pass|otp|pin|auth|sid|sessionid|clave)$/;

interface Walk {
  readonly knownSecrets: readonly string[];
  readonly ancestors: Set<object>;
  readonly budget: { nodes: number };
}

function copy(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case 'string':
      return copyText(value, walk);
    case 'bigint':
      return value.toString();
    case 'symbol':
    case 'function':
      return `[${typeof value}]`;
    case 'object':
      return value === null ? null : copyObject(value, walk);
    default:
      return value;
  }
}

/** A text that is JSON is read as such: names of fields say more than shapes. */
function copyText(text: string, walk: Walk): string {
  if (/^\s*[[{]/.test(text) && text.length <= jsonTextLimit) {
    const parsed = parseJson(text);
    if (typeof parsed === 'object' && parsed !== null) return JSON.stringify(copy(parsed, walk));
  }
  return redactText(text, walk.knownSecrets);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function copyObject(value: object, walk: Walk): unknown {
  if (walk.ancestors.has(value)) return '[circular]';
  if (walk.ancestors.size >= depthLimit || walk.budget.nodes <= 0) return '[…]';
  walk.budget.nodes -= 1;
  walk.ancestors.add(value);
  try {
    return copyKnown(value, walk);
  } catch {
    return '[unreadable]';
  } finally {
    walk.ancestors.delete(value);
  }
}

function copyKnown(value: object, walk: Walk): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Error) return copyError(value, walk);
  if (value instanceof URL || value instanceof RegExp) return copy(String(value), walk);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return copyList(value, walk);
  if (value instanceof Set) return copyList([...value], walk);
  if (value instanceof Map || value instanceof Headers || value instanceof URLSearchParams) {
    return copyEntries(
      [...value.entries()].map(([key, item]) => [String(key), item]),
      walk,
    );
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return copy(value.toJSON(), walk);
  return copyEntries(readEntries(value), walk);
}

function copyError(error: Error, walk: Walk): unknown {
  const shown = {
    type: error.name,
    message: redactText(error.message, walk.knownSecrets),
    stack: redactText(error.stack ?? '', walk.knownSecrets),
  };
  const own = readEntries(error).filter(([key]) => !['name', 'message', 'stack', 'cause', 'errors'].includes(key));
  return {
    ...copyEntries(own, walk),
    ...shown,
    ...(error.cause === undefined ? {} : { cause: copy(error.cause, walk) }),
    ...(error instanceof AggregateError ? { errors: copy(error.errors, walk) } : {}),
  };
}

/** `['authorization', 'Bearer …']` is a header too, as a pair or flat as Node's `rawHeaders` are. */
function copyList(items: readonly unknown[], walk: Walk): unknown[] {
  return items.map((item, index) => {
    const before = items[index - 1];
    const isNamed = typeof before === 'string' && typeof item === 'string' && isSecretName(before);
    return isNamed ? redacted : copy(item, walk);
  });
}

function copyEntries(entries: readonly (readonly [string, unknown])[], walk: Walk): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, item] of entries) {
    const name = redactText(key, walk.knownSecrets);
    result[name] = isSecretName(key) ? hide(key, item) : copy(item, walk);
  }
  return result;
}

/** What cannot be a secret stays readable: whether there is one, and counts such as `tokens: 512`. */
function hide(key: string, item: unknown): unknown {
  if (item === null || item === undefined || typeof item === 'boolean') return item;
  return typeof item === 'number' && /s$/i.test(key) ? item : redacted;
}

/** One getter that throws does not cost the other fields. */
function readEntries(value: object): (readonly [string, unknown])[] {
  return Object.keys(value).map((key) => {
    try {
      return [key, Reflect.get(value, key)] as const;
    } catch {
      return [key, '[unreadable]'] as const;
    }
  });
}
