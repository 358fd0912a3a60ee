import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Log } from '../log/log.ts';
import { createMemoryQuotaCounters } from './memory-quota-counters.ts';
import type { QuotaCounters, QuotaWindow } from './quota-counters.ts';

/** One step in Redis: looks at every window first, and adds to all of them or to none. */
const script = `
local units, windows = tonumber(ARGV[1]), tonumber(ARGV[2])
local own, spent, earlier, refused, at = {}, {}, {}, 0, 1
for i = 1, windows do
  local first = i * 4 - 1
  own[i] = { KEYS[at], tonumber(redis.call('GET', KEYS[at]) or ARGV[first + 2]), ARGV[first + 1] }
  spent[i], earlier[i] = own[i][2], {}
  for j = 1, tonumber(ARGV[first + 3]) do
    earlier[i][j] = tonumber(redis.call('GET', KEYS[at + j]) or 0)
    spent[i] = spent[i] + earlier[i][j]
  end
  at = at + 1 + #earlier[i]
  if refused == 0 and spent[i] + units > tonumber(ARGV[first]) then refused = i end
end
if refused == 0 then
  for i, one in ipairs(own) do
    spent[i] = spent[i] + units
    redis.call('SET', one[1], string.format('%.0f', one[2] + units), 'PX', one[3])
  end
end
return { refused, spent, earlier }`;

const numbers = z.array(z.number());
const answerSchema = z.tuple([z.number(), numbers, z.array(numbers)]);
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
        const ids = windows.flatMap(({ id, earlier = [] }) => [id, ...earlier]);
        const keys = ids.map((id) => `${options.prefix}:quota:${holder}:${id}`);
        const given = [units, windows.length, ...windows.flatMap(argumentsOf)];
        const [refused, spent, earlier] = answerSchema.parse(await redis.eval(script, keys.length, ...keys, ...given));
        return { refusedBy: refused === 0 ? null : refused - 1, spent, earlier };
      } catch (err) {
        awayUntilMs = performance.now() + awayMs;
        options.log.debug({ err }, 'The counts of quotas are out of reach');
        return inProcess.take(holder, units, windows);
      }
    },
  };
}

function argumentsOf({ limit, endsAtMs, spentBefore = 0, earlier = [] }: QuotaWindow): readonly number[] {
  return [limit, Math.max(1, Math.ceil(endsAtMs - Date.now())) + graceMs, spentBefore, earlier.length];
}
