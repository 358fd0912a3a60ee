/**
 * Every colour of the app, by what it means. The `…Ink` colours are the same hue made dark (or light) enough to be
 * read as text on its own tint; shapes and lines use the plain one.
 */
export interface Palette {
  readonly ground: string;
  readonly panel: string;
  /** What lies above panels: menus, the sign-in form's fields under the pointer. */
  readonly raised: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly muted: string;
  /** Decoration only: too pale to carry meaning as text. */
  readonly faint: string;
  readonly brand: string;
  readonly brandInk: string;
  readonly brandTint: string;
  readonly onBrand: string;
  readonly ok: string;
  readonly okInk: string;
  readonly okTint: string;
  readonly attention: string;
  readonly attentionInk: string;
  readonly attentionTint: string;
  readonly fault: string;
  readonly faultInk: string;
  readonly faultTint: string;
  readonly neutralTint: string;
  readonly seriesBlue: string;
  readonly seriesOchre: string;
  readonly seriesPlum: string;
  readonly seriesSlate: string;
}

export const light: Palette = {
  ground: '#f7f7f4',
  panel: '#ffffff',
  raised: '#ffffff',
  line: '#e6e4de',
  lineStrong: '#d3d0c8',
  ink: '#1d2422',
  muted: '#6b726e',
  faint: '#9aa09c',
  brand: '#1c8074',
  brandInk: '#14665c',
  brandTint: '#e2f0ee',
  onBrand: '#ffffff',
  ok: '#2e7d4f',
  okInk: '#25683f',
  okTint: '#e5f1ea',
  attention: '#b7791f',
  attentionInk: '#845210',
  attentionTint: '#fbf0da',
  fault: '#b83a2e',
  faultInk: '#a32f24',
  faultTint: '#fbe7e4',
  neutralTint: '#f5f5f2',
  seriesBlue: '#3b6fb6',
  seriesOchre: '#d09a35',
  seriesPlum: '#8a5a96',
  seriesSlate: '#6f7f8c',
};

export const dark: Palette = {
  ground: '#101413',
  panel: '#171c1b',
  raised: '#1d2322',
  line: '#29302e',
  lineStrong: '#3a4340',
  ink: '#e8ecea',
  muted: '#98a29e',
  faint: '#6c7672',
  brand: '#3fb3a3',
  brandInk: '#5cc6b7',
  brandTint: '#15312d',
  onBrand: '#06211d',
  ok: '#4fae78',
  okInk: '#7ecb9d',
  okTint: '#173022',
  attention: '#d9a03f',
  attentionInk: '#e5b866',
  attentionTint: '#362a12',
  fault: '#dd6457',
  faultInk: '#f08a7e',
  faultTint: '#3a1b18',
  neutralTint: '#222928',
  seriesBlue: '#7ea5dd',
  seriesOchre: '#e0b35c',
  seriesPlum: '#b98cc4',
  seriesSlate: '#93a2ae',
};

/** `brandTint` → `--brand-tint`. */
export function paletteVariables(palette: Palette): Record<string, string> {
  return Object.fromEntries(
    Object.entries(palette).map(([name, colour]) => [
      `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`,
      colour,
    ]),
  );
}
