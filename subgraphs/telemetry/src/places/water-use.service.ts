import { AppError } from '@cauce/shared/errors/app-error';
import { type DateRange, dateRangeSchema } from '@cauce/shared/schema/date-range';
import { createQuestionLoader } from '../question-loader.ts';
import type { WaterUse } from './water-use.store.ts';

/** Headline numbers of water for the places that other subgraphs own. */
export interface WaterUses {
  /** Zero for a place out of reach, as for one without points: the two cannot be told apart. */
  ofSite(siteId: string, range: DateRange): Promise<WaterUse>;
  ofCompany(companyId: string, range: DateRange): Promise<WaterUse>;
}

type Read = (
  place: 'site' | 'company',
  ids: readonly string[],
  range: DateRange,
) => Promise<ReadonlyMap<string, WaterUse>>;

export function createWaterUses(read: Read): WaterUses {
  const ofSite = createQuestionLoader((ids, range: DateRange) => read('site', ids, range));
  const ofCompany = createQuestionLoader((ids, range: DateRange) => read('company', ids, range));
  return {
    ofSite: async (id, range) => (await ofSite.load(id, check(range))) ?? none(range),
    ofCompany: async (id, range) => (await ofCompany.load(id, check(range))) ?? none(range),
  };
}

function none(range: DateRange): WaterUse {
  return { range, volumeM3: 0, points: 0, grantedYearlyM3: null, days: [], measuredAt: null };
}

function check({ from, to }: DateRange): DateRange {
  const parsed = dateRangeSchema.safeParse({ from, to });
  if (parsed.success) return parsed.data;
  throw new AppError('BAD_USER_INPUT', parsed.error.issues.map(({ message }) => message).join('; '), {
    detail: { argument: 'range' },
  });
}
