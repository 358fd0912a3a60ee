import { addressKey, type ReadingAddress } from './formats/message-format.ts';
import { type PointEntry, type PointMemory, readPoints, readPointsOfDevices } from './point-directory.ts';
import type { RefusalReason } from './reading-message.ts';
import type { SqlRunner } from './sql-runner.ts';

/** Where an address leads: to a point, or nowhere and why. */
export type Destination = { readonly point: PointEntry } | { readonly reason: RefusalReason };

/** Finds the points behind the addresses of a batch, in two statements; answers by `addressKey`. */
export async function resolveAddresses(
  sql: SqlRunner,
  addresses: readonly ReadingAddress[],
  memory?: PointMemory,
): Promise<ReadonlyMap<string, Destination>> {
  const distinct = new Map(addresses.map((address) => [addressKey(address), address]));
  const found = new Map<string, Destination>();
  const codes = new Set<string>();
  const devices: (ReadingAddress & { readonly kind: 'DEVICE' })[] = [];
  for (const address of distinct.values()) {
    if (address.kind === 'POINT') codes.add(address.code);
    else devices.push(address);
  }
  const points = await readPoints(sql, [...codes], memory);
  for (const [key, address] of distinct) {
    if (address.kind === 'POINT') found.set(key, ofPoint(points.get(address.code), address.companyId));
  }
  const claims = await readPointsOfDevices(sql, devices);
  for (const [index, device] of devices.entries()) found.set(addressKey(device), ofClaims(claims[index] ?? []));
  return found;
}

function ofPoint(point: PointEntry | undefined, companyId: string | null): Destination {
  if (point === undefined) return { reason: 'UNKNOWN_POINT' };
  if (companyId !== null && companyId.toLowerCase() !== point.companyId) return { reason: 'WRONG_TENANT' };
  return { point };
}

function ofClaims(points: readonly PointEntry[]): Destination {
  const [point] = points;
  if (point === undefined) return { reason: 'UNKNOWN_DEVICE' };
  return points.length === 1 ? { point } : { reason: 'AMBIGUOUS_DEVICE' };
}
