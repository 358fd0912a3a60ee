import { bySite, bySiteOrCompany, type RowScopes } from '@cauce/shared/db/row-scope';

/**
 * An order whose plant is not known yet has neither site nor company: only who reaches everything sees it, until a
 * mapping places it.
 */
export const productionRowScopes: RowScopes = {
  ProductionOrder: bySiteOrCompany(),
  PlantMapping: bySite(),
};
