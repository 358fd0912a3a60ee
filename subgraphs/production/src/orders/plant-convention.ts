import type { PlantMapping } from '@cauce/prisma/client';

/** How one plant writes its orders. */
export interface PlantConvention {
  /** The plant's name in the source system. */
  readonly plant: string;
  readonly siteId: string;
  readonly companyId: string;
  /** 1 when its stored difference is positive for a loss, -1 when it is negative for one. */
  readonly storedDifferenceSign: 1 | -1;
  readonly hardnessUnit: string;
  /** Null when nobody said; durabilities of different methods do not compare. */
  readonly durabilityMethod: string | null;
}

export function toPlantConvention(row: PlantMapping): PlantConvention {
  return {
    plant: row.plant,
    siteId: row.siteId,
    companyId: row.companyId,
    storedDifferenceSign: row.storedDifferenceSign === -1 ? -1 : 1,
    hardnessUnit: row.hardnessUnit,
    durabilityMethod: row.durabilityMethod,
  };
}

/** Plant names are compared without case and outer blanks, as the table's own index does. */
export function plantKey(plant: string): string {
  return plant.trim().toLowerCase();
}
