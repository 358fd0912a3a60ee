import { describe, expect, it } from 'vitest';
import { dark, light, type Palette, paletteVariables } from './palette.ts';

const text: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ['ink', 'ground'],
  ['ink', 'panel'],
  ['muted', 'ground'],
  ['muted', 'panel'],
  ['muted', 'raised'],
  ['brandInk', 'panel'],
  ['brandInk', 'brandTint'],
  ['onBrand', 'brand'],
  ['okInk', 'panel'],
  ['okInk', 'okTint'],
  ['attentionInk', 'panel'],
  ['attentionInk', 'attentionTint'],
  ['faultInk', 'panel'],
  ['faultInk', 'faultTint'],
  ['ink', 'neutralTint'],
  ['muted', 'neutralTint'],
];
const shapes: readonly (keyof Palette)[] = [
  'brand',
  'ok',
  'attention',
  'fault',
  'seriesBlue',
  'seriesPlum',
  'seriesSlate',
];

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('the %s palette', (_, palette) => {
  it.each(text)('lets %s be read on %s (4.5 to 1)', (front, back) => {
    expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(shapes)('lets the shape %s be told from a panel (3 to 1)', (shape) => {
    expect(contrast(palette[shape], palette.panel)).toBeGreaterThanOrEqual(3);
  });
});

it('names its CSS variables after the colours', () => {
  expect(paletteVariables(light)).toMatchObject({ '--brand-tint': light.brandTint, '--ground': light.ground });
});

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
