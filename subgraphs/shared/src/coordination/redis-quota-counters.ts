import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Log } from '../log/log.ts';
import { createMemoryQuotaCounters } from './memory-quota-counters.ts';
import type { QuotaCounters, QuotaWindow } from './quota-counters.ts';

/** One step in Redis: looks at every window first, and adds to all of them or to none. */
const script = `
local units = tonumber(ARGV[1])
local spent, refused = {}, 0
for i, key in ipairs(KEYS) do
  spent[i] = tonumber(redis.call('GET', key) or ARGV[i * 3 + 1])
  if refused == 0 and spent[i] + units > tonumber(ARGV[i * 3 - 1]) then refused = i end
end
if refused == 0 then
  for i, key in ipairs(KEYS) do
    spent[i] = spent[i] + units
    redis.call('SET', key, string.format('%.0f', spent[i]), 'PX', ARGV[i * 3])
  end
end
return { refused, unpack(spent) }`;

const answerSchema = z.tuple([z.number()], z.number());
/** A window is kept a little past its end, for processes whose clocks are behind. */
const graceMs = 60_000;
/** After a failure nobody waits for Redis for so long. */
const awayMs = 1_000;

/** Counts in Redis for all processes; while it is away, in this process, from what is known to have been spent. */
export function createRedisQuotaCounters(
  redis: Redis,
  options: { readonly prefix: string; readonly log: Log },
): QuotaCounters {
  const inProcess = createMemoryQuotaCounters();
  let awayUntilMs = 0;
  return {
    take: async (holder, units, windows) => {
      if (performance.now() < awayUntilMs) return inProcess.take(holder, units, windows);
      try {
        const keys = windows.map(({ id }) => `${options.prefix}:quota:${holder}:${id}`);
        const answer = await redis.eval(script, keys.length, ...keys, units, ...windows.flatMap(argumentsOf));
        const [refused, ...spent] = answerSchema.parse(answer);
        return { refusedBy: refused === 0 ? null : refused - 1, spent };
      } catch (err) {
        awayUntilMs = performance.now() + awayMs;
        options.log.debug({ err }, 'The counts of quotas are out of reach');
        return inProcess.take(holder, units, windows);
      }
    },
  };
}

function argumentsOf({ limit, endsAtMs, spentBefore = 0 }: QuotaWindow): readonly number[] {
  return [limit, Math.max(1, Math.ceil(endsAtMs - Date.now())) + graceMs, spentBefore];
}
