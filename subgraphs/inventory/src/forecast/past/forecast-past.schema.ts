import { NotFound } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../../refs.ts';
import type { InventoryBuilder } from '../../services.ts';
import { nameMethod } from '../forecast-words.ts';
import type { PastMiss, PastWeek } from './company-past.store.ts';
import type { CompanyPast, PastPeriod, ProductHorizon, ProductPast } from './forecast-past.service.ts';
import type { PastDay } from './outcome.ts';
import type { PastTrack } from './past-forecast.ts';
import { wordTrack } from './past-words.ts';

/** Adds what was forecast against what was sold: of a product at a site, and of a company as a whole. */
export function addForecastPast(builder: InventoryBuilder, refs: InventoryRefs): void {
  const { product, site, company, text, forecastMethod } = refs;
  const trackFields = 'In units of a product; of a company, in money at list prices.';
  const track = builder.objectRef<PastTrack>('ForecastTrack').implement({
    description: `How past forecasts came out over their first 7 or 30 days. ${trackFields} Days without stock count on no side.`,
    fields: (t) => ({
      horizonDays: t.exposeInt('horizonDays', {
        description: 'First days of each forecast that are compared: 7 or 30.',
      }),
      forecasts: t.exposeInt('forecasts', { description: 'Forecasts of a product at a site whose days are over.' }),
      knownDays: t.exposeInt('knownDays', { description: 'Days of these of which it is known what was asked for.' }),
      insideDays: t.exposeInt('insideDays', { description: 'Of these, days that sold what the band held.' }),
      insideShare: t.float({
        nullable: true,
        description: 'insideDays ∕ knownDays, 0 to 1; null before there are any.',
        resolve: ({ insideDays, knownDays }) => ratio(insideDays, knownDays),
      }),
      claimedShare: t.float({
        nullable: true,
        description: 'Share of days that the bands promised to hold, 0 to 1; null before there are any.',
        resolve: ({ claimedDays, knownDays }) => ratio(claimedDays, knownDays),
      }),
      said: t.exposeFloat('said', { description: 'What was forecast for the known days.' }),
      sold: t.exposeFloat('sold', { description: 'What they sold, less returns.' }),
      bias: t.float({
        nullable: true,
        description: '(said − sold) ∕ sold: above 0 too much was said; null where nothing was sold.',
        resolve: ({ said, sold }) => ratio(said - sold, sold),
      }),
      missedShare: t.float({
        nullable: true,
        description: 'What the sum of each forecast was off by, over what was sold; null where nothing was sold.',
        resolve: ({ missed, sold }) => ratio(missed, sold),
      }),
      relativeError: t.float({
        nullable: true,
        description:
          'What the sums were off by, over what repeating the week before would have been off by: below 1 is better, as with MASE; null where that is 0.',
        resolve: ({ missed, naiveMissed }) => ratio(missed, naiveMissed),
      }),
      verdict: t.field({ type: text, description: 'The same in two or three sentences.', resolve: wordTrack }),
    }),
  });
  const day = builder.objectRef<PastDay>('PastForecastDay').implement({
    description: 'A day that is over, with what had been said of it.',
    fields: (t) => ({
      date: t.expose('date', { type: 'Date', description: 'The day at the place of sale.' }),
      said: t.exposeFloat('said', { description: 'Units that were forecast.' }),
      low: t.exposeFloat('low', { description: 'Units: lower limit of the band.' }),
      high: t.exposeFloat('high', { description: 'Units: upper limit of the band.' }),
      sold: t.exposeFloat('sold', {
        nullable: true,
        description: 'Units sold less returns; null where there was nothing to sell.',
      }),
      isInside: t.exposeBoolean('isInside', { nullable: true, description: 'The band held it; null where sold is.' }),
    }),
  });
  const period = builder.objectRef<PastPeriod>('PastForecastPeriod').implement({
    description: 'A forecast whose first 7 or 30 days are over, and what came of their sum.',
    fields: (t) => ({
      madeOn: t.expose('madeOn', { type: 'Date', description: 'Its first day; nothing of it or later was known.' }),
      through: t.expose('through', { type: 'Date', description: 'The last day compared.' }),
      method: t.expose('method', { type: forecastMethod, description: 'The method that it was made with.' }),
      methodName: t.field({
        type: text,
        description: 'The method in plain words.',
        resolve: ({ method }) => nameMethod(method),
      }),
      said: t.exposeFloat('said', { description: 'Units that were forecast for the known days.' }),
      sold: t.exposeFloat('sold', { description: 'Units that they sold, less returns.' }),
      knownDays: t.exposeInt('knownDays', { description: 'Days of which it is known what was asked for.' }),
      insideDays: t.exposeInt('insideDays', { description: 'Of these, days that sold what the band held.' }),
    }),
  });
  const horizon = builder.objectRef<ProductHorizon>('ProductForecastHorizon').implement({
    description: 'Past forecasts of a product over their first 7 or 30 days.',
    fields: (t) => ({
      track: t.field({ type: track, description: 'All of them summed up.', resolve: (parent) => parent.track }),
      periods: t.field({
        type: [period],
        description: 'Each of them, newest first; about one a week, of half a year.',
        resolve: ({ periods }) => [...periods],
      }),
      days: t.field({
        type: [day],
        description: 'Day by day, oldest first: what was said 1 to 7 days before, or 24 to 30 days before.',
        resolve: ({ days }) => [...days],
      }),
      nextOn: t.expose('nextOn', {
        type: 'Date',
        nullable: true,
        description: 'When the next one can be judged; null where none is waiting.',
      }),
    }),
  });
  const productPast = builder.objectRef<ProductPast>('ProductForecastPast').implement({
    description: 'What was forecast of a product at a site against what it sold.',
    fields: (t) => ({
      product: t.field({
        type: product,
        nullable: true,
        description: 'The product.',
        resolve: ({ productId }, _args, { services }) => services.products.byId(productId),
      }),
      site: t.field({ type: site, description: 'Where it sells.', resolve: ({ siteId }) => ({ id: siteId }) }),
      horizons: t.field({
        type: [horizon],
        description: 'Over 7 days, and over 30.',
        resolve: ({ horizons }) => [...horizons],
      }),
      keptSince: t.expose('keptSince', {
        type: 'Date',
        nullable: true,
        description: 'First day of the oldest forecast that is kept; null of none.',
      }),
    }),
  });
  const week = builder.objectRef<PastWeek>('ForecastTrackWeek').implement({
    description: "What came of a company's forecasts by the week that they were made in.",
    fields: (t) => ({
      week: t.expose('week', { type: 'Date', description: 'Its Monday.' }),
      track: t.field({ type: track, description: 'Those of the week summed up.', resolve: (parent) => parent }),
    }),
  });
  const miss = builder.objectRef<PastMiss>('ForecastMiss').implement({
    description: 'A product at a site whose forecasts of the last four weeks that can be judged were far off.',
    fields: (t) => ({
      product: t.field({
        type: product,
        nullable: true,
        description: 'The product.',
        resolve: ({ productId }, _args, { services }) => services.products.byId(productId),
      }),
      site: t.field({ type: site, description: 'Where it sells.', resolve: ({ siteId }) => ({ id: siteId }) }),
      forecasts: t.exposeInt('forecasts', { description: 'Forecasts of a week that were judged.' }),
      said: t.exposeFloat('said', { description: 'Units that they said.' }),
      sold: t.exposeFloat('sold', { description: 'Units that were sold, less returns.' }),
      missed: t.exposeFloat('missed', {
        description: "What the weeks' sums were off by, in money at the list price, or at cost where there is none.",
      }),
    }),
  });
  const companyPast = builder.objectRef<CompanyPast>('CompanyForecastPast').implement({
    description:
      'What was forecast of all that a company sells against what it sold, at the sites within reach: the forecasts of the ' +
      'last 13 weeks that can be judged. Counted three days after the last day, at the prices of that day.',
    fields: (t) => ({
      company: t.field({ type: company, description: 'Whose.', resolve: ({ companyId }) => ({ id: companyId }) }),
      tracks: t.field({
        type: [track],
        description: 'All summed up, over 7 days and over 30.',
        resolve: ({ tracks }) => [...tracks],
      }),
      weeks: t.field({
        type: [week],
        description: 'The same by week and horizon, oldest first.',
        resolve: ({ weeks }) => [...weeks],
      }),
      misses: t.field({
        type: [miss],
        description: 'The products that were farthest off in money, at most ten, the farthest first.',
        resolve: ({ misses }) => [...misses],
      }),
      keptSince: t.expose('keptSince', {
        type: 'Date',
        nullable: true,
        description: 'First day of the oldest forecast that is kept; null of none.',
      }),
      firstOn: t.expose('firstOn', {
        type: 'Date',
        nullable: true,
        description: 'When there will be something to compare; null where there is, or where nothing is kept.',
      }),
    }),
  });

  builder.queryField('productForecastPast', (t) =>
    t.field({
      type: productPast,
      description: 'What was forecast of a product at a site in the last half year against what it sold.',
      authScopes: { permission: 'predictions:read' },
      errors: { types: [NotFound], union: { name: 'ProductForecastPastResult' } },
      args: {
        productId: t.arg.id({ description: 'The product.' }),
        siteId: t.arg.id({ description: 'The site.' }),
      },
      resolve: (_root, { productId, siteId }, { services }) => services.forecastPast.ofProduct(productId, siteId),
    }),
  );
  builder.queryField('companyForecastPast', (t) =>
    t.field({
      type: companyPast,
      nullable: true,
      description: 'What was forecast of all that a company within reach sells against what it sold.',
      authScopes: { permission: 'predictions:read' },
      args: { companyId: t.arg.id({ description: 'The company.' }) },
      resolve: (_root, { companyId }, { services }) => services.forecastPast.ofCompany(companyId),
    }),
  );
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : null);
