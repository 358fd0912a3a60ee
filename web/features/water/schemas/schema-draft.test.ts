import { describe, expect, it } from 'vitest';
import type { WaterSchemaFragment } from '../../../graphql/generated/graphql.ts';
import { draftOf, isAskable, newField, newRule, previewInput, savedInput } from './schema-draft.ts';

const schema: WaterSchemaFragment = {
  id: 's',
  name: 'Uso',
  type: 'REPORT',
  interval: 'DAY',
  chart: 'BARS',
  toleranceMinutes: 30,
  isForAllPoints: false,
  shown: ['share'],
  updatedAt: '2026-11-20T00:00:00Z',
  points: [{ id: 'p', name: 'Pozo' }],
  quantities: [{ name: 'flow', variable: 'FLOW', aggregate: 'AVERAGE', unit: 'l/s' }],
  calculatedFields: [{ name: 'share', expression: 'flow / 2', unit: '%', decimals: 0, labelEs: 'Uso', labelEn: 'Use' }],
  validationRules: [{ expression: 'share < 1', sentenceEs: 'Mucho', sentenceEn: 'Much' }],
};

describe('the form of a schema', () => {
  it('comes back as what it was made of when nothing was changed', () => {
    expect(savedInput(draftOf(schema), schema, 'c')).toEqual({
      ...{ id: 's', expectedUpdatedAt: schema.updatedAt, name: 'Uso', type: 'REPORT', interval: 'DAY', chart: 'BARS' },
      ...{ toleranceMinutes: 30, isForAllPoints: false, pointIds: ['p'], shown: ['share'] },
      quantities: [{ name: 'flow', variable: 'FLOW', aggregate: 'AVERAGE' }],
      calculatedFields: schema.calculatedFields,
      validationRules: schema.validationRules,
    });
  });

  it('can be asked about once every row has a name and an expression, and stands in for words that are missing', () => {
    const empty = draftOf(null);
    expect(isAskable(empty)).toBe(true);
    const begun = { ...empty, fields: [newField()] };
    expect(isAskable(begun)).toBe(false);
    const field = { ...newField(), name: 'twice', expression: 'flow * 2', labelEs: 'Doble' };
    const named = { ...empty, fields: [field], rules: [{ ...newRule(), expression: 'twice > 0' }] };
    expect(isAskable(named)).toBe(true);
    expect(isAskable({ ...named, fields: [{ ...field, name: 'Dos veces' }] })).toBe(false);
    expect(previewInput(named)).toMatchObject({
      calculatedFields: [{ labelEs: 'Doble', labelEn: 'Doble', decimals: 1 }],
      validationRules: [{ sentenceEs: 'twice > 0', sentenceEn: 'twice > 0' }],
      shown: ['flow', 'twice'],
    });
  });
});
