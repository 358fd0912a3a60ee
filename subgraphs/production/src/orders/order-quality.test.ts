import { describe, expect, it } from 'vitest';
import { differenceTons, type ProductionOrder } from './order.ts';
import { qualityFlags } from './order-quality.ts';

const convention = {
  plant: 'Planta Norte',
  siteId: 's',
  companyId: 'c',
  storedDifferenceSign: 1,
  hardnessUnit: 'kg/cm2',
  durabilityMethod: null,
} as const;
const nothing = {
  postGreaseOilPct: null,
  distributorPressurePsi: null,
  feederLoadPct: null,
  conditionerPressurePsi: null,
  durabilityPct: null,
  hardness: null,
  finesPct: null,
  storedSackoffPct: null,
};
const order = (change: Partial<ProductionOrder>): ProductionOrder => {
  const plain = {
    ...nothing,
    ...{ id: 'o', registryId: 1, orderNumber: 'OPN-1', plant: 'Planta Norte', siteId: 's', companyId: 'c' },
    ...{ producedAt: new Date(0), createdAt: new Date(0), updatedAt: new Date(0), status: 'DISPATCHED' as const },
    ...{
      productSku: 'AL-1',
      productName: null,
      isDispatched: true,
      hasAdiflow: true,
      rawMaterialTons: 20,
      waterKg: 200,
    },
    ...{ plannedTons: 20, producedTons: 19.5, cancelledTons: 0, storedDifferenceTons: 0.5 },
    ...{ qaDurabilityPct: 92, qaHardness: 9, qaFinesPct: 6 },
    ...change,
  };
  return { ...plain, differenceTons: differenceTons(plain) };
};

describe('qualityFlags', () => {
  it('says nothing of an ordinary order', () => {
    expect(qualityFlags(order({}), convention)).toEqual([]);
  });

  it.each([
    [{ waterKg: -1 }, 'NEGATIVE_QUANTITY'],
    [{ producedTons: 195, storedDifferenceTons: -175 }, 'IMPLAUSIBLE_YIELD'],
    [{ plannedTons: 0, storedDifferenceTons: null }, 'PLANNED_NOT_POSITIVE'],
    [{ qaHardness: 85.3 }, 'IMPLAUSIBLE_HARDNESS'],
    [{ qaFinesPct: 101 }, 'PERCENTAGE_OUT_OF_RANGE'],
    [{ storedDifferenceTons: -0.5 }, 'STORED_DIFFERENCE_DISAGREES'],
    [{ siteId: null }, 'UNKNOWN_PLANT'],
    [{ productSku: null }, 'NO_PRODUCT'],
  ] as const)('sees what is wrong with %j', (change, flag) => {
    expect(qualityFlags(order(change), convention)).toEqual([flag]);
  });

  it('reads the stored difference in the sign that the plant uses', () => {
    const flipped = { ...convention, storedDifferenceSign: -1 } as const;
    expect(qualityFlags(order({ storedDifferenceTons: -0.5 }), flipped)).toEqual([]);
    expect(qualityFlags(order({ storedDifferenceTons: 0.5 }), flipped)).toEqual(['STORED_DIFFERENCE_DISAGREES']);
  });
});
