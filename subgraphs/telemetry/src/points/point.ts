import type { CatchmentPoint as CatchmentPointRow } from '@cauce/prisma/client';

/** A place where water is taken or watched, as it is stored. */
export type CatchmentPoint = CatchmentPointRow;

export const pointTypes = ['WELL', 'RIVER', 'LAKE', 'RESERVOIR', 'SPRING', 'DRAIN'] as const;
export const pointStatuses = ['ACTIVE', 'INACTIVE', 'MAINTENANCE', 'ERROR', 'OFFLINE'] as const;
export const waterSources = ['GROUNDWATER', 'SURFACE'] as const;
export const extractionStandards = ['MAYOR', 'MEDIO', 'MENOR', 'VERY_SMALL'] as const;

export const pointOrders = ['NAME_ASC', 'NAME_DESC', 'CODE_ASC', 'CODE_DESC'] as const;
export type PointOrder = (typeof pointOrders)[number];

export interface PointFilter {
  readonly search?: string | null | undefined;
  readonly siteIds?: readonly string[] | null | undefined;
  readonly companyIds?: readonly string[] | null | undefined;
  readonly types?: readonly (typeof pointTypes)[number][] | null | undefined;
  readonly statuses?: readonly (typeof pointStatuses)[number][] | null | undefined;
  readonly hasOpenAlerts?: boolean | null | undefined;
}
