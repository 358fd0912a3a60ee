import { execute, isObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createInventorySchema } from './schema.ts';

describe('the schema', () => {
  const schema = createInventorySchema();

  it('is made without a database, and prints what composition needs', async () => {
    const { data } = await execute({ schema, document: parse('{ _service { sdl } }') });
    const sdl = JSON.stringify(data).replaceAll('\\n', '\n').replaceAll('\\"', '"');
    expect(sdl).toMatch(/type Product\s+@key\(fields: "id"\)\s+@key\(fields: "sku"\)/);
    expect(sdl).toMatch(/type Customer\s+@key\(fields: "id"\)\s+@key\(fields: "erpId"\)/);
  });

  it('never makes another subgraph’s place depend on it: what it adds may be missing', () => {
    const site = schema.getType('Site');
    if (!isObjectType(site)) throw new Error('Site is an object type');
    const added = Object.values(site.getFields()).filter(({ name }) => name !== 'id');
    expect(added.map(({ name }) => name).sort()).toEqual(['lowStockCount', 'stock', 'stockValue']);
    for (const { type } of added) expect(String(type)).not.toMatch(/!$/);
  });

  it('answers money and quantities as exact text', () => {
    const exact = [
      'price',
      'cost',
      'onHand',
      'minimum',
      'maximum',
      'stockValue',
      'quantity',
      'netTotal',
      'valueAtRisk',
      'total',
    ];
    const types = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type))
      .flatMap((type) => Object.values(type.getFields()).filter(({ name }) => exact.includes(name)));
    expect(types.length).toBeGreaterThan(15);
    for (const { type } of types) expect(String(type).replace('!', '')).toBe('Decimal');
  });
});
