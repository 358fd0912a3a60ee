import { describe, expect, it } from 'vitest';
import { descriptionExample, sentConnection, shownAddress, sourceKind } from './source-kinds.ts';

describe('the connection of a provider', () => {
  it.each([
    ['baseUrl', 'https://twin.example'],
    ['scope', 'pozos'],
    ['description', descriptionExample],
  ] as const)('comes back from %s as it was shown', (address, text) => {
    expect(shownAddress(sentConnection(text, address), address)).toBe(text);
  });
  it('is none where a description is no JSON', () => {
    expect(sentConnection('{', 'description')).toBeNull();
  });
  it('is unknown for a kind that is not set up here', () => {
    expect(sourceKind('MANUAL')).toBeNull();
    expect(sourceKind('TWIN')?.credentials).toBe('password');
  });
});
