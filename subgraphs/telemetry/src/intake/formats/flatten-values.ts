import { isChannelName, messageLimits } from '../reading-message.ts';

type Scalar = number | string | boolean | null;

/**
 * The values of a nested object by their paths, `meter.pulses`, `probes.0`; null when they are none, too many, nested
 * too deep, or named in a way that a channel cannot be.
 */
export function flattenValues(
  object: Readonly<Record<string, unknown>>,
): readonly (readonly [string, Scalar])[] | null {
  const found: (readonly [string, Scalar])[] = [];
  const isWell = collect(found, '', object, 0);
  return isWell && found.length > 0 ? found : null;
}

const deepest = 6;

function collect(found: (readonly [string, Scalar])[], path: string, value: unknown, depth: number): boolean {
  if (isScalar(value)) {
    if (!isChannelName(path) || (typeof value === 'string' && value.length > 256)) return false;
    found.push([path, value]);
    return found.length <= messageLimits.channels;
  }
  if (typeof value !== 'object' || value === null || depth >= deepest) return false;
  return Object.entries(value).every(([key, inner]) =>
    collect(found, path === '' ? key : `${path}.${key}`, inner, depth + 1),
  );
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}
