import { describe, expect, it } from 'vitest';
import { matchWarehouse, type ReachedWarehouse } from './match-warehouse.ts';

const at = (id: string, siteId: string, name: string, code: string | null = null): ReachedWarehouse => ({
  ...{ id, siteId, name, code },
});
const centre = at('1', 's1', 'BODEGA CENTRO', 'CEN');
const north = at('2', 's2', 'BODEGA NORTE');

describe('the warehouse that a file means', () => {
  it('is found by its name, a part of it or its code, whatever the accents', () => {
    for (const name of ['Bodega Centro', 'centro', 'CEN', 'Céntro']) {
      expect(matchWarehouse(name, [centre, north], null)).toBe(centre);
    }
  });
  it('is not guessed', () => {
    expect(matchWarehouse('Bodega', [centre, north], null)).toBe('AMBIGUOUS_WAREHOUSE');
    expect(matchWarehouse(null, [centre, north], null)).toBe('AMBIGUOUS_WAREHOUSE');
    expect(matchWarehouse('SUR', [centre], null)).toBe('UNKNOWN_WAREHOUSE');
  });
  it('is the only one, or that of the site which a person chose', () => {
    expect(matchWarehouse(null, [centre], null)).toBe(centre);
    expect(matchWarehouse('SUR', [centre, north], 's2')).toBe(north);
  });
});
