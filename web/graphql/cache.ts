import type { Exchange } from '@urql/core';
import { type Cache, cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { mergeLatest } from '../features/water/merge-latest.ts';
import {
  type LatestMeasurementsChangedSubscription,
  PointLatestFragmentDoc,
  type ProductionChangedSubscription,
} from './generated/graphql.ts';

/** Types that are part of the object that holds them and have no identity of their own. */
const embedded = [
  'Measurement',
  'ProductionKpis',
  'ProductionOrderCounts',
  'ProductionFreshness',
  'ProductionSeries',
  'ProductionSeriesGroup',
  'ProductionSeriesPoint',
  'ClinicStats',
  'MetricValue',
  'SeriesPoint',
  'MeasurementSeries',
  'SeriesTrend',
  'SeriesForecast',
  'ForecastPoint',
  'SeriesAnomalies',
  'SeriesAnomaly',
  'WaterRightOutlook',
  'WaterUse',
  'WaterUseDay',
  'Consumption',
  'ConsumptionPart',
  'ConsumptionStep',
  'PointVariable',
  'ComplianceCalendar',
  'ComplianceDay',
  'SubmissionCount',
  'SubmissionAttempt',
  'DroppedDeadLetters',
  'VoucherLink',
  'ComplianceSource',
  'SubmissionPreview',
  'TelemetryRun',
  'MadeRegulatorAccount',
  'MadeVoucherLink',
  'ReprocessChange',
  'MeasurementTally',
  'ProviderChannel',
  'ProviderSchedule',
  'ProviderTestProgress',
  'ProviderTestStep',
  'RetriedDeadLetters',
  'RawSeries',
  'RawSeriesPoint',
  'FieldFailure',
  'SchemaQuantity',
  'CalculatedField',
  'SchemaValidationRule',
  'TelemetrySchemaPreview',
  'TelemetryGroup',
  'TelemetryGroupValue',
  'ExpressionProblem',
  'SchemaFailure',
  'ExpressionLanguage',
  'ExpressionFunction',
  'ExpressionConstant',
  'Simulator',
  'SimulatedDevice',
  'ReplenishmentProposal',
  'ReplenishmentTotals',
  'ReplenishmentSupplierTotal',
  'SavedReplenishmentSettings',
  'ProductFacets',
  'ProductCategoryCount',
  'InventoryKpis',
  'DemandForecast',
  'DemandForecastPoint',
  'ForecastBacktest',
  'ChosenForecastMethod',
  'ForecastTrack',
  'ForecastTrackWeek',
  'ForecastMiss',
  'PastForecastDay',
  'PastForecastPeriod',
  'ProductForecastHorizon',
  'ProductForecastPast',
  'CompanyForecastPast',
  'ImportColumn',
  'ImportHeading',
  'ImportProblem',
  'ImportRow',
  'RefusedRowsFile',
  'SyncFreshness',
  'SyncStatus',
  'SyncCertificate',
  'ErpAudit',
  'ErpChoice',
  'ErpSample',
  'ErpDoubt',
  'StartedSyncs',
  'StockDivergence',
  'StockDocument',
  'ProductionChange',
  'ApiKeyQuota',
  'ApiKeyUsageDay',
  'ApiKeyOperationUsage',
  'PreviousSecret',
  'WebhookTopic',
  'WebhookAttempt',
] as const;

/** Every type that is an expected failure. Told, because a guess by fields loses the reason where the fields are asked for too. */
const failures = [
  'Conflict',
  'GrantExceedsOwn',
  'InvalidCredentials',
  'NotFound',
  'PatientAlreadyBooked',
  'SessionEnded',
  'SlotUnavailable',
  'ValidationFailed',
] as const;

const pages = ['products', 'productionOrders'] as const;

/** The normalised cache: one copy of each entity, pages merged, and live events written where queries read them. */
export function createCache(): Exchange {
  return cacheExchange({
    keys: Object.fromEntries(embedded.map((type) => [type, () => null])),
    possibleTypes: { Failure: [...failures] },
    resolvers: {
      Query: Object.fromEntries(pages.map((field) => [field, relayPagination()])),
      CatchmentPoint: { groups: relayPagination() },
    },
    updates: {
      Mutation: {
        createProduct: (_result, _args, cache) => forgetProducts(cache),
        updateProduct: (_result, _args, cache) => forgetProducts(cache),
        deleteProduct: (_result, _args, cache) => forgetProducts(cache),
        createCatchmentPoint: (_result, args, cache) => forgetPoints(args, cache),
        acknowledgeAlert: (_result, _args, cache) => cache.invalidate('Query', 'alerts'),
        resolveSubmission: (_result, _args, cache) => cache.invalidate('Query', 'complianceSubmissions'),
        submitCompliance: (_result, _args, cache) => cache.invalidate('Query', 'complianceSubmissions'),
        quietCompliance: (_result, _args, cache) => cache.invalidate('Query', 'complianceSubmissions'),
      },
      Subscription: {
        productionChanged: (event: ProductionChangedSubscription, _, cache) => {
          // A changed order is already in the cache; only a new or a gone one changes the list.
          if (event.productionChanged.kind !== 'UPDATED') cache.invalidate('Query', 'productionOrders');
        },
        latestMeasurementsChanged: (event: LatestMeasurementsChangedSubscription, _, cache) => {
          for (const changed of event.latestMeasurementsChanged) showMeasurement(changed, cache);
        },
      },
    },
  });
}

/** A changed name stands elsewhere in its list, and in another choice. */
function forgetProducts(cache: Cache): void {
  for (const field of ['products', 'productFacets', 'productCategories']) cache.invalidate('Query', field);
}

/** A new point stands in the lists of its site and its company. */
function forgetPoints({ input }: Readonly<Record<string, unknown>>, cache: Cache): void {
  cache.invalidate('Query', 'catchmentPoints');
  const siteId: unknown = Reflect.get(Object(input), 'siteId');
  if (typeof siteId === 'string') cache.invalidate({ __typename: 'Site', id: siteId }, 'catchmentPoints');
}

function showMeasurement(
  {
    point,
    variable,
    value,
    unit,
    measuredAt,
    quality,
  }: LatestMeasurementsChangedSubscription['latestMeasurementsChanged'][number],
  cache: Cache,
): void {
  if (point === null) return;
  const known = cache.readFragment(PointLatestFragmentDoc, { __typename: 'CatchmentPoint', id: point.id });
  if (known === null) return;
  // What is written is found by its type's name, which the documents do not ask for by themselves.
  const latest = mergeLatest(known.latest, { variable, value, unit, measuredAt, quality });
  cache.writeFragment(PointLatestFragmentDoc, {
    ...known,
    __typename: 'CatchmentPoint',
    latest: latest.map((one) => ({ ...one, __typename: 'Measurement' })),
  } as typeof known);
}
