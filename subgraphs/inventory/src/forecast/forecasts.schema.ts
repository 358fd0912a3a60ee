import { NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import { demandPatterns, type ForecastPoint, type MethodBacktest } from './engine/demand-forecast.ts';
import { nameMethod, wordVerdict } from './forecast-words.ts';
import type { DemandOutlook } from './forecasts.service.ts';

/** Adds what a product is expected to sell at a site, and how far that can be believed. */
export function addForecasts(builder: InventoryBuilder, { product, site, text, forecastMethod }: InventoryRefs): void {
  const pattern = builder.enumType('DemandPattern', {
    description:
      'How demand falls, by the days from one demand to the next (limit 1.32) and the squared variation of its sizes (limit ' +
      '0.49): SMOOTH often and even, ERRATIC often and uneven, INTERMITTENT seldom and even, LUMPY seldom and uneven; NONE ' +
      'without any.',
    values: demandPatterns,
  });
  const point = builder.objectRef<ForecastPoint>('DemandForecastPoint').implement({
    description: 'What is expected of one day.',
    fields: (t) => ({
      date: t.expose('date', { type: 'Date', description: 'The day at the place of sale.' }),
      expected: t.exposeFloat('expected', { description: 'Units, never below zero.' }),
      low: t.exposeFloat('low', {
        description: 'Units: lower limit of the band, zero where days without sale are usual.',
      }),
      high: t.exposeFloat('high', { description: 'Units: upper limit of the band.' }),
      sumDeviation: t.exposeFloat('sumDeviation', {
        description: 'Units: standard deviation of the error of the sum from the first day forecast through this one.',
      }),
    }),
  });
  const backtest = builder.objectRef<MethodBacktest>('ForecastBacktest').implement({
    description:
      'How a method did on days that it had not seen. Errors are in units of `basisDays` of the forecast: a day, or the total ' +
      'of 7 or 28 days where days without demand are the rule.',
    fields: (t) => ({
      method: t.expose('method', { type: forecastMethod, description: 'The method.' }),
      methodName: t.field({
        type: text,
        description: 'The method in plain words.',
        resolve: ({ method: name }) => nameMethod(name),
      }),
      isChampion: t.exposeBoolean('isChampion', { description: 'The forecast was made with it.' }),
      folds: t.exposeInt('folds', { description: 'Times it was tried; fewer for one that was far behind.' }),
      mae: t.exposeFloat('mae', { description: 'Mean of what it missed by, in units.' }),
      rmse: t.exposeFloat('rmse', { description: 'Root of the mean square of what it missed by, in units.' }),
      r2: t.exposeFloat('r2', {
        nullable: true,
        description: 'Share of the variance explained, at most 1; null where demand did not vary.',
      }),
      mase: t.exposeFloat('mase', {
        nullable: true,
        description:
          'mae over what seasonal naive misses by inside the history: below 1 is better; null where that is 0.',
      }),
      bias: t.exposeFloat('bias', { description: 'Mean of forecast less demand, in units: above 0 it says too much.' }),
      skill: t.exposeFloat('skill', {
        nullable: true,
        description:
          '1 − mae ∕ mae of seasonal naive on the same days: above 0 is better; null where that missed nothing.',
      }),
      measuredCoverage: t.exposeFloat('measuredCoverage', {
        nullable: true,
        description: 'Share of days inside a band made without them, 0 to 1; of the chosen method only.',
      }),
    }),
  });
  const forecast = builder.objectRef<DemandOutlook>('DemandForecast').implement({
    description:
      'What a product is expected to sell at a site from today on, by the method that missed least on the end of its history. ' +
      'Made from sales less returns; days on which there was nothing to sell count as unknown.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id of the product at the site.' }),
      product: t.field({
        type: product,
        nullable: true,
        description: 'The product.',
        resolve: ({ productId }, _args, { services }) => services.products.byId(productId),
      }),
      site: t.field({ type: site, description: 'Where it sells.', resolve: ({ siteId }) => ({ id: siteId }) }),
      method: t.expose('method', { type: forecastMethod, description: 'The method that was chosen.' }),
      methodName: t.field({
        type: text,
        description: 'The chosen method in plain words.',
        resolve: ({ method: name }) => nameMethod(name),
      }),
      parts: t.field({
        type: [forecastMethod],
        description: 'What a combined forecast is the mean of; empty for any other.',
        resolve: ({ parts }) => [...parts],
      }),
      pattern: t.expose('pattern', { type: pattern, description: 'How demand falls.' }),
      beatsSeasonalNaive: t.exposeBoolean('beatsSeasonalNaive', {
        nullable: true,
        description: 'It came closer than the same day of last week; null where the history is too short to try.',
      }),
      verdict: t.field({
        type: text,
        description: 'In one line, how far it can be believed.',
        resolve: (parent) => wordVerdict(parent),
      }),
      coverage: t.exposeFloat('coverage', { description: 'Share of days that are to lie inside the band, 0 to 1.' }),
      measuredCoverage: t.float({
        nullable: true,
        description: 'Share that did on days that the band was not made from; null where there were too few.',
        resolve: ({ backtests }) => backtests.find(({ isChampion }) => isChampion)?.measuredCoverage ?? null,
      }),
      historyDays: t.exposeInt('historyDays', { description: 'Days of history that it was made from, at most 730.' }),
      stockOutDays: t.exposeInt('stockOutDays', {
        description: 'Of these, days without sale on which there was nothing to sell.',
      }),
      basisDays: t.exposeInt('basisDays', { description: 'Days whose total is judged at once: 1, 7 or 28.' }),
      expectedTotal: t.float({
        description: 'Units expected over the days that were asked for.',
        resolve: ({ points }) => points.reduce((sum, { expected }) => sum + expected, 0),
      }),
      points: t.field({
        type: [point],
        description: 'Day by day from today, as many as were asked for.',
        resolve: ({ points }) => [...points],
      }),
      backtests: t.field({
        type: [backtest],
        description: 'How each method did, the chosen one first.',
        resolve: ({ backtests }) => [...backtests],
      }),
      computedAt: t.expose('computedAt', { type: 'DateTime', description: 'When it was made.' }),
    }),
  });

  builder.queryField('demandForecast', (t) =>
    t.field({
      type: forecast,
      description: 'What a product is expected to sell at a site; made at once where its history has changed.',
      authScopes: { permission: 'predictions:read' },
      errors: { types: [NotFound, ValidationFailed], union: { name: 'DemandForecastResult' } },
      args: {
        productId: t.arg.id({ description: 'The product.' }),
        siteId: t.arg.id({ description: 'The site.' }),
        days: t.arg.int({ defaultValue: 30, description: 'Days ahead, from today on: 1 to 90.' }),
      },
      resolve: (_root, { productId, siteId, days }, { services }) =>
        services.forecasts.outlook(productId, siteId, days),
    }),
  );
}
